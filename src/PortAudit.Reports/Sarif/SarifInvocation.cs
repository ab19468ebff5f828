using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Sarif;

/// <summary>How the run went (SARIF §3.20). Problems are reported here, so that a partial run does not look
/// clean.</summary>
internal static class SarifInvocation
{
    private static readonly ImmutableArray<(string Id, string Level, string Text)> Kinds =
    [
        ("not-read", "error", "Some input was not read; the results cover the rest."),
        ("diagnostic", "warning", "A warning about the site, the catalogs or the input."),
        ("cannot-say", "note", "What the captures cannot show."),
        ("not-judged", "warning", "No flow was judged, so the absence of results means nothing."),
    ];

    /// <summary>The property <c>notifications</c> of the tool: the kinds of message that follow.</summary>
    public static void WriteKinds(Utf8JsonWriter json)
    {
        json.WriteStartArray("notifications");
        foreach (var (id, level, text) in Kinds)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            SarifRules.WriteText(json, "fullDescription", text);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", level);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The property <c>invocations</c>.</summary>
    public static void Write(Utf8JsonWriter json, AuditRun run)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteNumber("exitCode", run.ExitCode);
        json.WriteBoolean("executionSuccessful", !run.IsPartial && run.Errors.IsEmpty);
        json.WriteStartArray("toolExecutionNotifications");
        if (run.Interrupted)
            WriteNotification(json, 0, "The user interrupted reading.");
        foreach (var diagnostic in run.Report.Diagnostics)
            WriteNotification(json, run.Errors.Contains(diagnostic) ? 0 : 1, diagnostic);
        foreach (var sentence in run.Report.Coverage.CannotSay)
            WriteNotification(json, 2, sentence);
        if (run.Report.NotJudged is { } why)
            WriteNotification(json, 3, $"NOT JUDGED. {why.Reason} {why.NextStep}");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNotification(Utf8JsonWriter json, int kind, string text)
    {
        json.WriteStartObject();
        json.WriteStartObject("descriptor");
        json.WriteString("id", Kinds[kind].Id);
        json.WriteNumber("index", kind);
        json.WriteEndObject();
        json.WriteString("level", Kinds[kind].Level);
        SarifRules.WriteText(json, "message", text);
        json.WriteEndObject();
    }
}
