using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads port numbers: <c>5061</c>, <c>49152-57500</c>, or a list of both.</summary>
internal static class PortsReader
{
    /// <summary>The ranges in the order of the file; empty when a fault was noted.</summary>
    public static ImmutableArray<PortRange> Read(YamlValue value, FileDiagnostics diagnostics)
    {
        if (value is not YamlList list)
            return ReadItem(value, diagnostics) is { } single ? [single] : [];
        if (list.Items.IsEmpty)
            diagnostics.Error(list.Position, "the list of ports is empty", "name at least one port or range");
        var ranges = list.Items.Select(item => ReadItem(item, diagnostics)).ToImmutableArray();
        return ranges.Any(range => range is null) ? [] : [.. ranges.Select(range => range!.Value)];
    }

    private static PortRange? ReadItem(YamlValue value, FileDiagnostics diagnostics)
    {
        if (value is not YamlText text)
        {
            diagnostics.Error(value.Position, $"a port is a number or a range, this is {value.Kind}",
                "write 5061 or 49152-57500");
            return null;
        }

        var bounds = text.Text.Split('-', StringSplitOptions.TrimEntries);
        if (bounds.Length > 2 || !bounds.All(IsNumber))
        {
            diagnostics.Error(
                text.Position,
                $"{Spelling.Quote(text.Text)} is not a port or a range of ports",
                "write 5061 or 49152-57500, without thousands separators");
            return null;
        }

        if (ReadPort(bounds[0], text, diagnostics) is not { } first
            || ReadPort(bounds[^1], text, diagnostics) is not { } last)
            return null;
        if (first <= last)
            return new PortRange(first, last);
        diagnostics.Error(text.Position, $"the range {first}-{last} runs backwards", $"write {last}-{first}");
        return null;
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static ushort? ReadPort(string digits, YamlText text, FileDiagnostics diagnostics)
    {
        if (!ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            diagnostics.Error(text.Position, $"{Spelling.Quote(digits)} is beyond 65535, the highest port",
                "ports run from 1 to 65535");
        else if (port == 0)
            diagnostics.Error(text.Position, "0 is not a port", "ports run from 1 to 65535");
        else
            return port;
        return null;
    }
}
