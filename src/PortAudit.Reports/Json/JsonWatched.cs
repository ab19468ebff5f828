using System.Globalization;
using PortAudit.Audit.PolicyReview;

namespace PortAudit.Reports.Json;

/// <summary>Writes <c>watched</c>: the days on which captures watched, for the rules of firewalls.</summary>
internal static class JsonWatched
{
    /// <summary>Writes the property; nothing without a firewall.</summary>
    public static void Write(JsonFields fields, WatchedDays? watched)
    {
        if (watched is null)
            return;
        var json = fields.Writer;
        fields.Object("watched", () =>
        {
            json.WriteNumber("longest_ns", watched.LongestNs);
            json.WriteBoolean("long_enough", watched.IsLongEnough);
            json.WriteNumber("missing_days", watched.MissingDays);
            json.WriteNumber("services", watched.Services);
            json.WriteBoolean("has_more_services", watched.HasMoreServices);
            fields.Objects("days", watched.Days, day => Write(fields, day));
            fields.Objects("points", watched.Points, point => Write(fields, point));
        });
    }

    private static void Write(JsonFields fields, WatchedDay day)
    {
        var json = fields.Writer;
        json.WriteString("date", day.Date.ToString("O", CultureInfo.InvariantCulture));
        json.WriteBoolean("weekend", day.IsWeekend);
        json.WriteBoolean("month_end", day.IsMonthEnd);
        json.WriteBoolean("patch_day", day.IsPatchDay);
        fields.Objects("points", day.Points, point =>
        {
            json.WriteString("point", point.Key);
            json.WriteNumber("watched_ns", point.Value);
        });
        json.WriteNumber("connections", day.Connections);
        fields.Objects("new_services", day.NewServices, service =>
        {
            json.WriteString("from", service.From);
            json.WriteString("to", service.To);
            json.WriteString("service", service.Service);
        });
    }

    private static void Write(JsonFields fields, WatchedPoint point)
    {
        var json = fields.Writer;
        json.WriteString("point", point.Name);
        json.WriteNumber("watched_ns", point.WatchedNs);
        json.WriteNumber("silence_ns", point.SilenceNs);
        fields.Objects("times", point.Times, time =>
        {
            fields.Time("from", time.FromNs);
            fields.Time("to", time.ToNs);
            fields.Strings("captures", time.Captures);
        });
        fields.Objects("gaps", point.Gaps, gap =>
        {
            fields.Time("from", gap.FromNs);
            fields.Time("to", gap.ToNs);
        });
    }
}
