// What only the browser can do: times in the viewer's own zone, the look, and the dialog of a lost connection.
(() => {
  const page = document.documentElement.lang;
  const language = navigator.languages.find(own => own.split("-")[0] === page.split("-")[0]) ?? page;
  const exact = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long" });
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const date = new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });

  function short(moment) {
    const seconds = (moment - Date.now()) / 1000;
    const age = Math.abs(seconds);
    if (age < 60) return relative.format(Math.round(seconds), "second");
    if (age < 3600) return relative.format(Math.round(seconds / 60), "minute");
    if (moment.toDateString() === new Date().toDateString()) return clock.format(moment);
    return age < 180 * 86400 ? day.format(moment) : date.format(moment);
  }

  class LocalTime extends HTMLElement {
    static observedAttributes = ["datetime"];
    connectedCallback() {
      this.show();
      this.timer = setInterval(() => this.show(), 20000);
    }
    disconnectedCallback() { clearInterval(this.timer); }
    attributeChangedCallback() { this.show(); }
    show() {
      const moment = new Date(this.getAttribute("datetime"));
      if (isNaN(moment)) return;
      this.textContent = short(moment);
      this.title = `${exact.format(moment)}\n${moment.toISOString()}`;
    }
  }

  class CountDown extends HTMLElement {
    connectedCallback() {
      this.until = new Date(this.getAttribute("until"));
      this.show();
      this.timer = setInterval(() => this.show(), 1000);
    }
    disconnectedCallback() { clearInterval(this.timer); }
    show() {
      const left = Math.max(0, Math.ceil((this.until - Date.now()) / 1000));
      this.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (left === 0) clearInterval(this.timer);
    }
  }

  customElements.define("local-time", LocalTime);
  customElements.define("count-down", CountDown);

  function keep(name, value) {
    const base = new URL(document.baseURI).pathname.replace(/\/$/, "");
    document.cookie = `sentinel-${name}=${value}; path=${base}; max-age=31536000; samesite=strict`;
  }

  function toggleTheme() {
    const root = document.documentElement;
    const isDark = root.dataset.theme === "dark"
      || (root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = isDark ? "light" : "dark";
    for (const sheet of document.querySelectorAll("link[data-for]")) {
      sheet.media = sheet.dataset.for === root.dataset.theme ? "all" : "not all";
    }
    keep("theme", root.dataset.theme);
  }

  document.addEventListener("click", event => {
    if (event.target.closest("[data-toggle-theme]")) toggleTheme();
    if (event.target.closest(".skip")) {
      event.preventDefault(); // the router would only scroll
      document.getElementById("main").focus();
    }
    event.target.closest(":popover-open a")?.closest(":popover-open").hidePopover();
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const field = document.getElementById(copy.dataset.copy);
      field.select();
      navigator.clipboard?.writeText(field.value);
    }
    const choice = event.target.closest("[data-language]");
    if (choice) {
      keep("language", choice.dataset.language);
      location.reload();
    }
  });

  const dialog = document.getElementById("components-reconnect-modal");
  dialog?.addEventListener("components-reconnect-state-changed", event => {
    const state = event.detail.state;
    if (state === "show" && !dialog.open) dialog.showModal();
    if (state === "hide") dialog.close();
    if (state === "failed") document.addEventListener("visibilitychange", () => location.reload(), { once: true });
    if (state === "rejected") location.reload();
  });
})();
