using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PortAudit.Audit.Catalog;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Json;

/// <summary>Writes the kinds of property that occur all over the audit document.</summary>
/// <param name="Writer">Where to.</param>
/// <param name="TimestampDigits">Decimal digits of a second that the captures resolve.</param>
internal sealed record JsonFields(Utf8JsonWriter Writer, int TimestampDigits)
{
    /// <summary>A time of the capture, null when there is none.</summary>
    public void Time(string name, long? timestampNs) =>
        Writer.WriteString(name, timestampNs is { } time ? ReportTime.Format(time, TimestampDigits) : null);

    /// <summary>A name, null when the report leaves it empty.</summary>
    public void Name(string name, string text) => Writer.WriteString(name, text.Length == 0 ? null : text);

    /// <summary>A count, null when unknown.</summary>
    public void Number(string name, long? count)
    {
        if (count is { } known)
            Writer.WriteNumber(name, known);
        else
            Writer.WriteNull(name);
    }

    /// <summary>A part of a whole, null when there is no whole.</summary>
    public void Number(string name, decimal? share)
    {
        if (share is { } known)
            Writer.WriteNumber(name, known);
        else
            Writer.WriteNull(name);
    }

    public void Strings(string name, IEnumerable<string> values)
    {
        Writer.WriteStartArray(name);
        foreach (var value in values)
            Writer.WriteStringValue(value);
        Writer.WriteEndArray();
    }

    public void Numbers(string name, IEnumerable<long> values)
    {
        Writer.WriteStartArray(name);
        foreach (var value in values)
            Writer.WriteNumberValue(value);
        Writer.WriteEndArray();
    }

    public void Object(string name, Action write)
    {
        Writer.WriteStartObject(name);
        write();
        Writer.WriteEndObject();
    }

    /// <summary>A list of objects; <paramref name="write"/> fills each.</summary>
    public void Objects<T>(string name, ImmutableArray<T> values, Action<T> write)
    {
        Writer.WriteStartArray(name);
        foreach (var value in values)
        {
            Writer.WriteStartObject();
            write(value);
            Writer.WriteEndObject();
        }

        Writer.WriteEndArray();
    }

    public void Counts<TKey>(string name, ImmutableArray<KeyValuePair<TKey, long>> counts, Func<TKey, string> toText)
    {
        Writer.WriteStartObject(name);
        foreach (var (key, count) in counts)
            Writer.WriteNumber(toText(key), count);
        Writer.WriteEndObject();
    }

    /// <summary>Ports of a finding: a number when it is one port, a string when it is a range or several, null when
    /// there is none.</summary>
    public void Port(string name, string ports)
    {
        if (ushort.TryParse(ports, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            Writer.WriteNumber(name, port);
        else
            Name(name, ports);
    }

    /// <summary>A list of port ranges: a number for one port, a string for a range.</summary>
    public void Ports(string name, ImmutableArray<PortRange> ranges)
    {
        Writer.WriteStartArray(name);
        foreach (var range in ranges)
        {
            if (range.IsSingle)
                Writer.WriteNumberValue(range.First);
            else
                Writer.WriteStringValue(range.ToString());
        }

        Writer.WriteEndArray();
    }
}
