-- One key after the other, out of as many as are bound: their number is the argument.
dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "report.lua")
local count, n = 1, 0

function init(arguments)
  count = tonumber(arguments[1])
end

function request()
  n = (n + 1) % count
  wrk.headers["Authorization"] = string.format("Bearer sk-bench-%032d", n)
  return wrk.format()
end
