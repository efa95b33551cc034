using System.Buffers;
using System.Text.Json;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Forwarding;

/// <summary>The body of a refusal in each dialect.</summary>
internal static class DenialBody
{
    public static string ContentType(DenialDialect dialect) =>
        dialect == DenialDialect.Problem ? "application/problem+json" : "application/json";

    public static byte[] Create(DenialDialect dialect, DenyReason reason)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        switch (dialect)
        {
            case DenialDialect.OpenAI:
                WriteOpenAI(json, reason);
                break;
            case DenialDialect.Anthropic:
                WriteAnthropic(json, reason);
                break;
            case DenialDialect.Gemini:
                WriteGemini(json, reason);
                break;
            default:
                WriteProblem(json, reason);
                break;
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteOpenAI(Utf8JsonWriter json, DenyReason reason)
    {
        json.WriteStartObject("error");
        json.WriteString("message", reason.Message);
        json.WriteString("type", Type(reason.Status));
        json.WriteString("code", reason.Code);
        json.WriteNull("param");
        json.WriteEndObject();
    }

    private static void WriteAnthropic(Utf8JsonWriter json, DenyReason reason)
    {
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", Type(reason.Status));
        json.WriteString("message", reason.Message);
        json.WriteEndObject();
    }

    private static void WriteGemini(Utf8JsonWriter json, DenyReason reason)
    {
        json.WriteStartObject("error");
        json.WriteNumber("code", reason.Status);
        json.WriteString("message", reason.Message);
        json.WriteString("status", RpcStatus(reason.Status));
        json.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter json, DenyReason reason)
    {
        json.WriteString("type", "about:blank");
        json.WriteString("title", reason.Code);
        json.WriteNumber("status", reason.Status);
        json.WriteString("detail", reason.Message);
    }

    /// <summary>OpenAI and Anthropic use the same words, where both have one.</summary>
    private static string Type(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        503 => "overloaded_error",
        504 => "timeout_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };

    /// <summary>The names of google.rpc.Code.</summary>
    private static string RpcStatus(int status) => status switch
    {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        405 => "UNIMPLEMENTED",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        504 => "DEADLINE_EXCEEDED",
        _ => "UNAVAILABLE",
    };
}
