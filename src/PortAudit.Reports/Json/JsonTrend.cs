using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Trends;

namespace PortAudit.Reports.Json;

/// <summary>Writes the field <c>trend</c>.</summary>
internal static class JsonTrend
{
    /// <summary>Writes it; null without a trend.</summary>
    public static void Write(JsonFields fields, TrafficTrend? trend)
    {
        var json = fields.Writer;
        if (trend is null)
        {
            json.WriteNull("trend");
            return;
        }

        json.WriteStartObject("trend");
        json.WriteString("by", trend.By.ToText());
        fields.Objects("periods", trend.Periods, span =>
        {
            json.WriteString("first_day", Day(span.First));
            json.WriteString("last_day", Day(span.Last));
            json.WriteNumber("watched_minutes", span.WatchedMinutes);
            json.WriteNumber("flows", span.Counts.Sum(count => count.Flows));
        });
        json.WriteNumber("earlier_flows", trend.Earlier);
        fields.Objects("pairs", trend.Pairs, pair =>
        {
            json.WriteString("from", pair.Pair.From);
            json.WriteString("to", pair.Pair.To);
            WriteCounts(fields, trend, pair.Counts);
            fields.Objects("services", pair.Services, service =>
            {
                WriteService(fields, service.Service);
                WriteCounts(fields, trend, service.Counts);
            });
        });
        json.WriteBoolean("has_more_pairs", trend.HasMorePairs);
        fields.Objects("changes", trend.Changes, change => Write(fields, trend, change));
        json.WriteNumber("changes_not_listed", trend.ChangesNotListed);
        json.WriteNumber("not_known", trend.NotKnown);
        fields.Strings("periods_alike", trend.Alike.Select(period => Day(trend.Periods[period].First)));
        json.WriteEndObject();
    }

    private static void Write(JsonFields fields, TrafficTrend trend, TrendChange change)
    {
        var json = fields.Writer;
        json.WriteString("kind", change.Kind.ToText());
        json.WriteString("word", change.Word.ToText());
        json.WriteString("from", change.From);
        json.WriteString("to", change.To);
        WriteService(fields, change.Service);
        json.WriteString("period", Day(trend.Periods[change.Period].First));
        json.WriteNumber("flows", change.Flows);
        json.WriteNumber("periods_compared", change.Compared);
        json.WriteNumber("minutes_compared", change.ComparedMinutes);
        if (change.Kind == TrendChangeKind.New)
            json.WriteNull("median_before");
        else
            json.WriteNumber("median_before", change.Median);
    }

    private static void WriteService(JsonFields fields, Audit.Segments.SegmentService service)
    {
        fields.Writer.WriteString("transport", service.Transport.ToString());
        fields.Name("port", service.Ports);
        fields.Name("name", service.Name ?? "");
        fields.Writer.WriteBoolean("attempts", service.IsAttempts);
    }

    /// <summary>Writes a list of numbers for each word that occurs: first those before the periods, where there are
    /// some, then one for each period.</summary>
    private static void WriteCounts(JsonFields fields, TrafficTrend trend, ImmutableArray<TrendCount> counts)
    {
        var json = fields.Writer;
        var shift = trend.Earlier > 0 ? 1 : 0;
        json.WriteStartObject("counts");
        foreach (var word in TrafficTrend.Words.Cast<FlowWord?>().Append(null))
        {
            var flows = new long[trend.Periods.Length + shift];
            foreach (var count in counts.Where(count => count.Word == word))
                flows[count.Period + shift] = count.Flows;
            if (flows.Any(number => number > 0))
                fields.Numbers(word?.ToText() ?? "not_classified", flows);
        }

        json.WriteEndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
