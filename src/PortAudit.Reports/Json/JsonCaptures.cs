using System.Text.Json;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Json;

/// <summary>Writes <c>captures</c>: each input, how reading it ended, and its metadata.</summary>
internal static class JsonCaptures
{
    /// <summary>The property <c>captures</c>: those that were read, in their order, then those that could not be
    /// opened.</summary>
    public static void Write(JsonFields fields, AuditRun run)
    {
        var json = fields.Writer;
        json.WriteStartArray("captures");
        foreach (var capture in run.Report.Observation.Captures)
        {
            json.WriteStartObject();
            WriteCapture(fields with { TimestampDigits = capture.TimestampDigits }, capture);
            json.WriteEndObject();
        }

        foreach (var input in run.Unread)
        {
            json.WriteStartObject();
            WriteUnread(fields, input);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The property <c>clock</c>.</summary>
    public static void WriteClock(Utf8JsonWriter json, CaptureClock clock)
    {
        json.WriteStartObject("clock");
        json.WriteNumber("backward_steps", clock.BackwardSteps);
        json.WriteNumber("longest_backward_ns", clock.LargestBackwardNs);
        json.WriteNumber("longest_forward_ns", clock.LargestForwardNs);
        json.WriteEndObject();
    }

    private static void WriteCapture(JsonFields fields, CaptureSummary capture)
    {
        fields.Writer.WriteString("path", capture.Path);
        fields.Writer.WriteString("format", capture.Format);
        fields.Writer.WriteNumber("packets", capture.Packets);
        if (capture.Log is { } source)
        {
            fields.Writer.WriteString("log", source.Name);
            fields.Writer.WriteNumber("rows", capture.Rows);
        }

        fields.Time("first_seen", capture.FirstNs);
        fields.Time("last_seen", capture.LastNs);
        WriteEnd(fields.Writer, capture.End.Kind switch
        {
            CaptureEndKind.Complete => "complete",
            CaptureEndKind.Cut => "cut",
            CaptureEndKind.Damaged => "damaged",
            CaptureEndKind.Stopped => "stopped",
            CaptureEndKind.Unreadable => "unreadable",
        }, capture.End.Offset, capture.End.Reason);
        WriteAnnotations(fields, capture.Annotations, capture.Clock);
        fields.Objects("files", capture.Files, file => WriteFile(fields, file));
    }

    private static void WriteFile(JsonFields fields, RingFile file)
    {
        fields.Writer.WriteString("path", file.Path);
        fields.Writer.WriteNumber("first_frame", file.FirstFrame);
        fields.Writer.WriteNumber("packets", file.Packets);
        fields.Time("first_seen", file.FirstNs);
        fields.Time("last_seen", file.LastNs);
    }

    private static void WriteUnread(JsonFields fields, UnreadInput input)
    {
        fields.Writer.WriteString("path", input.Path);
        fields.Writer.WriteNull("format");
        fields.Writer.WriteNumber("packets", 0);
        fields.Time("first_seen", null);
        fields.Time("last_seen", null);
        WriteEnd(fields.Writer, "not-opened", input.Offset, input.Reason);
        WriteAnnotations(fields, CaptureAnnotations.None, default);
        fields.Objects<RingFile>("files", [], _ => { });
    }

    private static void WriteEnd(Utf8JsonWriter json, string kind, long offset, string reason)
    {
        json.WriteStartObject("end");
        json.WriteString("kind", kind);
        json.WriteNumber("offset", offset);
        json.WriteString("reason", reason.Length == 0 ? null : reason);
        json.WriteEndObject();
    }

    private static void WriteAnnotations(JsonFields fields, CaptureAnnotations annotations, CaptureClock clock)
    {
        var json = fields.Writer;
        fields.Objects("damages", annotations.Damages, damage => WriteDamage(json, damage));
        json.WriteNumber("damages_not_listed", annotations.DamagesNotListed);
        fields.Number("dropped", annotations.Dropped);
        fields.Objects("drops", annotations.Drops, drops => WriteDrops(fields, drops));
        fields.Objects("outages", annotations.Outages, outage => WriteOutage(fields, outage));
        json.WriteNumber("outages_not_listed", annotations.OutagesNotListed);
        WriteClock(json, clock);
        fields.Objects("comments", annotations.Comments, comment => WriteComment(json, comment));
        json.WriteNumber("comments_not_kept", annotations.CommentsNotKept);
        fields.Objects("names", annotations.Names, name => WriteName(json, name));
        json.WriteNumber("names_not_kept", annotations.NamesNotKept);
        json.WriteNumber("writers_not_kept", annotations.WritersNotKept);
        fields.Objects("writers", annotations.Writers, writer => WriteWriter(json, writer));
    }

    private static void WriteDamage(Utf8JsonWriter json, CaptureDamage damage)
    {
        json.WriteNumber("offset", damage.Offset);
        json.WriteNumber("length", damage.Length);
        json.WriteString("reason", damage.Reason);
    }

    private static void WriteDrops(JsonFields fields, InterfaceStatistics drops)
    {
        fields.Writer.WriteNumber("interface", drops.Interface);
        fields.Writer.WriteString("name", drops.Name);
        fields.Number("dropped", drops.Dropped);
        fields.Number("received", drops.Received);
        fields.Number("dropped_by_interface", drops.DroppedByInterface);
        fields.Number("dropped_by_system", drops.DroppedBySystem);
        fields.Number("accepted", drops.Accepted);
        fields.Number("delivered", drops.Delivered);
        fields.Number("lost_between_packets", drops.LostBetweenPackets);
    }

    private static void WriteOutage(JsonFields fields, CaptureOutage outage)
    {
        fields.Writer.WriteNumber("interface", outage.Interface);
        fields.Writer.WriteString("name", outage.Name);
        fields.Time("from", outage.FromNs);
        fields.Time("to", outage.ToNs);
        fields.Writer.WriteString("reason", outage.Reason);
    }

    private static void WriteComment(Utf8JsonWriter json, CaptureComment comment)
    {
        json.WriteString("subject", comment.Subject switch
        {
            CommentSubject.Frame => "frame",
            CommentSubject.Interface => "interface",
            CommentSubject.Section => "section",
        });
        json.WriteNumber("number", comment.Number);
        json.WriteString("text", comment.Text);
    }

    private static void WriteName(Utf8JsonWriter json, CapturedName name)
    {
        json.WriteString("address", name.Address);
        json.WriteString("name", name.Name);
    }

    private static void WriteWriter(Utf8JsonWriter json, CaptureWriter writer)
    {
        json.WriteString("hardware", writer.Hardware);
        json.WriteString("operating_system", writer.OperatingSystem);
        json.WriteString("application", writer.Application);
    }
}
