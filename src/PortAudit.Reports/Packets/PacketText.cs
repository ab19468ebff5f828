using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Packets;

/// <summary>Packets for a terminal: a line each, then their layers. Lines are not wrapped; network text is
/// escaped.</summary>
public static class PacketText
{
    private const string Bold = "\u001b[1m";
    private const string Plain = "\u001b[0m";
    private const int Gap = 2;

    /// <summary>Widest column of endpoints that is aligned: two IPv6 addresses with ports are longer.</summary>
    private const int WidestEndpoints = 60;

    /// <summary>Writes packets of one capture.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="packets">The packets.</param>
    /// <param name="trees">How many of them, from the first, are also written field by field.</param>
    /// <param name="color">True to set headings in bold.</param>
    public static void Write(TextWriter writer, ImmutableArray<PacketView> packets, int trees, bool color)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WriteLines(writer, [.. packets.Select(Cells)]);
        foreach (var packet in packets.Take(trees))
            WriteTree(writer, packet, color);
    }

    /// <summary>A heading, with an empty line before it.</summary>
    public static void WriteHeading(TextWriter writer, string text, bool color)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(color ? $"\n{Bold}{VisibleText.Escape(text)}{Plain}\n" : $"\n{VisibleText.Escape(text)}\n");
    }

    /// <summary>The endpoints of a packet, with an arrow; empty when neither is known.</summary>
    internal static string Endpoints(PacketView packet) =>
        packet.Source.Length + packet.Destination.Length == 0 ? "" : $"{packet.Source} -> {packet.Destination}";

    private static ImmutableArray<string> Cells(PacketView packet) =>
    [
        packet.Number.ToString(CultureInfo.InvariantCulture), packet.Time, Endpoints(packet), packet.Protocol,
        packet.Length.ToString(CultureInfo.InvariantCulture) + " B", packet.Info,
    ];

    private static void WriteLines(TextWriter writer, ImmutableArray<ImmutableArray<string>> rows)
    {
        var widths = Enumerable.Range(0, 5)
            .Select(column => Math.Min(WidestEndpoints, rows.Max(row => row[column].Length))).ToArray();
        foreach (var row in rows)
        {
            var line = string.Join(new string(' ', Gap), row[0].PadLeft(widths[0]), row[1].PadRight(widths[1]),
                row[2].PadRight(widths[2]), row[3].PadRight(widths[3]), row[4].PadLeft(widths[4]), row[5]);
            writer.Write($"{VisibleText.Escape(line.TrimEnd())}\n");
        }
    }

    private static void WriteTree(TextWriter writer, PacketView packet, bool color)
    {
        var captured = packet.Captured < packet.Length ? $", {packet.Captured} captured" : "";
        WriteHeading(writer, string.Create(CultureInfo.InvariantCulture,
            $"Frame {packet.Number}, {packet.Length} bytes{captured}"), color);
        var width = packet.Layers.SelectMany(layer => layer.Fields).Select(field => field.Name.Length)
            .DefaultIfEmpty(0).Max();
        foreach (var layer in packet.Layers)
        {
            writer.Write($"  {VisibleText.Escape(layer.Heading)}\n");
            foreach (var field in layer.Fields)
            {
                var offset = field.Offset?.ToString(CultureInfo.InvariantCulture) ?? "";
                writer.Write($"{offset,8}  {field.Name.PadRight(width)}  {VisibleText.Escape(field.Value)}\n");
            }
        }
    }
}
