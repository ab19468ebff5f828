using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PortAudit.Audit.Learned;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Baseline;

/// <summary>Reads baselines, and what audits list as new in them. People edit them, so every fault is told with its
/// place.</summary>
public static class LearnedFile
{
    /// <summary>Entries that are read.</summary>
    public const int MaximumEntries = 200_000;

    /// <summary>Connections that a count may tell of: sums of all entries stay in 64 bits.</summary>
    private const long MaximumCount = 1L << 40;

    private const string WhatBaseline = "a baseline that 'portaudit learn' wrote";

    /// <summary>Reads a baseline.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="learned">The baseline; null when it cannot be used.</param>
    /// <param name="problem">What is wrong and where, one sentence without the path.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out LearnedTraffic? learned, out string problem) =>
        JsonReportFile.TryRead(path,
            (root, _) => BaselineOf(root["learned"]).With(EntriesOf(root["entries"])), out learned, out problem,
            WhatBaseline);

    /// <summary>Reads what an audit against a baseline found to be new, from its JSON report.</summary>
    /// <param name="path">Path of the report.</param>
    /// <param name="rows">The services with their findings; null when it cannot be used.</param>
    /// <param name="problem">What is wrong and where, one sentence without the path.</param>
    public static bool TryReadNews(string path, [NotNullWhen(true)] out ReportedNews? rows, out string problem) =>
        JsonReportFile.TryRead(path, (root, _) => NewsOf(root), out rows, out problem);

    private static ReportedNews NewsOf(ReportNode root)
    {
        if (!root.Value.TryGetProperty("news", out var value) || value.ValueKind == System.Text.Json.JsonValueKind.Null)
            throw root.Fault("has nothing new: it is a report without --against");
        return new ReportedNews(root["news"]["baseline"]["site"].Text,
            [.. root["news"]["entries"].Items.Select(row => (row["finding"].Text, EntryOf(row["entry"])))]);
    }

    private static LearnedTraffic BaselineOf(ReportNode node) => new()
    {
        Site = node["site"].Text,
        SiteSha256 = node["site_sha256"].Text,
        Catalogs = [.. node["catalogs"].Texts.Order(StringComparer.Ordinal)],
        TimestampDigits = ReportTime.NanosecondDigits,
        Watched = WatchedOf(node["watched"]),
        Entries = [],
        HasMoreEntries = node["more_entries"].Flag,
        HasMorePairs = node["more_pairs"].Flag,
    };

    private static ImmutableArray<CaptureGap> WatchedOf(ReportNode node)
    {
        var spans = ImmutableArray.CreateBuilder<CaptureGap>();
        foreach (var item in node.Items)
        {
            var span = new CaptureGap(TimeOf(item["from"]), TimeOf(item["to"]));
            if (span.ToNs < span.FromNs)
                throw item["to"].Fault("is before 'from'");
            if (spans.Count > 0 && span.FromNs < spans[^1].ToNs)
                throw item["from"].Fault("is before the end of the span above it");
            if (spans.Count == LearnedTraffic.MaximumSpans)
                throw node.Fault($"has more than {LearnedTraffic.MaximumSpans} spans");
            spans.Add(span);
        }

        return spans.ToImmutable();
    }

    private static Dictionary<string, LearnedEntry>.ValueCollection EntriesOf(ReportNode node)
    {
        var entries = new Dictionary<string, LearnedEntry>(StringComparer.Ordinal);
        foreach (var item in node.Items)
        {
            var entry = EntryOf(item);
            if (entries.Count == MaximumEntries)
                throw node.Fault($"has more than {MaximumEntries} entries");
            if (!entries.TryAdd(entry.Id, entry))
                throw item.Fault("describes a service that an entry above it describes, too");
        }

        return entries.Values;
    }

    /// <summary>An entry. Its identifier follows from the rest.</summary>
    private static LearnedEntry EntryOf(ReportNode node) => new()
    {
        FromRole = node["from_role"].Text,
        ToRole = node["to_role"].Text,
        FromSegment = node["from_segment"].Text,
        ToSegment = node["to_segment"].Text,
        Transport = IpProtocol.TryParse(node["transport"].Text, out var transport)
            ? transport
            : throw node["transport"].Fault("is no transport such as tcp, udp or ip:47"),
        Ports = node["ports"].TextOrNull ?? "",
        Name = node["name"].TextOrNull ?? "",
        Accepted = node["accepted"].TextOrNull,
        Connections = CountOf(node["connections"]),
        FirstNs = node["first_seen"].TextOrNull is null ? null : TimeOf(node["first_seen"]),
        LastNs = node["last_seen"].TextOrNull is null ? null : TimeOf(node["last_seen"]),
        Days = [.. node["days"].Items.Select(DayOf).Distinct().Order().Take(LearnedEntry.MaximumDays)],
        Hours = HoursOf(node["hours"]),
        Clients = SetOf(node["clients"], AddressOf, LearnedEntry.MaximumHosts, Comparer<IpAddress>.Default),
        Servers = SetOf(node["servers"], AddressOf, LearnedEntry.MaximumHosts, Comparer<IpAddress>.Default),
        Sent = SizesOf(node["bytes_sent"]),
        Received = SizesOf(node["bytes_received"]),
        Issuers = SetOf(node["issuers"], name => name.Text, LearnedEntry.MaximumNames, StringComparer.Ordinal),
        Interfaces = SetOf(node["interfaces"], name => name.Text, LearnedEntry.MaximumNames, StringComparer.Ordinal),
        Periods = SetOf(node["periods_ns"], SizeOf, LearnedEntry.MaximumNames, Comparer<long>.Default),
    };

    private static ImmutableArray<long> HoursOf(ReportNode node)
    {
        var hours = new long[LearnedEntry.HoursPerDay];
        foreach (var name in node.Names)
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
                || hour >= hours.Length)
                throw node[name].Fault("is no hour from 00 to 23");
            hours[hour] = CountOf(node[name]);
        }

        return [.. hours];
    }

    private static LearnedSet<T> SetOf<T>(ReportNode node, Func<ReportNode, T> member, int limit, IComparer<T> order)
    {
        ImmutableArray<T> all = [.. node["kept"].Items.Select(member).Distinct().Order(order)];
        return new LearnedSet<T>([.. all.Take(limit)], node["more"].Flag || all.Length > limit);
    }

    private static SizeDistribution SizesOf(ReportNode node)
    {
        var below = 0L;
        ImmutableArray<SizeStep> steps = [.. node["steps"].Items.Select(step =>
        {
            var end = SizeOf(step["below"]);
            if (end <= below)
                throw step["below"].Fault("is not above the step before it");
            below = end;
            return new SizeStep(end, CountOf(step["connections"]));
        })];
        return steps.Length > SizeDistribution.MaximumSteps
            ? throw node["steps"].Fault($"has more than {SizeDistribution.MaximumSteps} steps")
            : new SizeDistribution(SizeOf(node["largest"]), steps);
    }

    private static long CountOf(ReportNode node) => node.Number is >= 0 and <= MaximumCount and var count
        ? count
        : throw node.Fault($"is not between 0 and {MaximumCount}");

    private static long SizeOf(ReportNode node) =>
        node.Number is >= 0 and var size ? size : throw node.Fault("is negative");

    private static long TimeOf(ReportNode node)
    {
        return node.TimeOrNull(out var timestampNs) is null ? throw node.Fault("is no time") : timestampNs;
    }

    private static DateOnly DayOf(ReportNode node) =>
        DateOnly.TryParseExact(node.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw node.Fault("is no day such as 2026-11-02");

    private static IpAddress AddressOf(ReportNode node) => IpAddress.TryParse(node.Text, out var address)
        ? address
        : throw node.Fault("is no address");
}

/// <summary>What an audit found to be new.</summary>
/// <param name="Site">The site of the baseline.</param>
/// <param name="Rows">Identifiers of findings with their services.</param>
public sealed record ReportedNews(string Site, ImmutableArray<(string Finding, LearnedEntry Entry)> Rows);
