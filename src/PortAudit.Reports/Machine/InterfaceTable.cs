using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Machine;

/// <summary>Interfaces as a table for display, with the remedies below it, each once. In a given width cells wrap;
/// without one every interface is one line.</summary>
internal static class InterfaceTable
{
    /// <summary>Columns of a page on which nothing wraps.</summary>
    private const int Unbounded = 100_000;

    public static void Write(InterfaceListing listing, TextWriter writer,
        int? width) => PageText.Write(writer, width ?? Unbounded, color: false, page =>
    {
        if (!listing.Rows.IsEmpty)
            page.Table(["NAME", "STATE", "LINK TYPE", "CAPTURE", "ADDRESSES", "DESCRIPTION"],
                listing.Rows.Select(CellsOf));
        page.Paragraph(Quantity.Of(listing.Rows.Length, "interface"));
        foreach (var remedy in listing.Rows.Where(row => row.Problem is not null)
            .GroupBy(row => row.Problem!.Remedy, StringComparer.Ordinal))
            page.Paragraph($"{string.Join(", ", remedy.Select(row => row.Name))}: {remedy.Key}");
    });

    private static IReadOnlyList<IReadOnlyList<string>> CellsOf(InterfaceRow row) =>
    [
        [row.Name],
        [StateOf(row)],
        [row.LinkTypes is [var first, ..] ? first.Name ?? first.ToString() : ""],
        [row.Problem is { } problem ? $"no: {problem.Text}" : row.WasTried ? "yes" : "not tried: no network interface"],
        [string.Join(' ', row.Addresses)],
        [row.Description],
    ];

    private static string StateOf(InterfaceRow row)
    {
        string[] words =
        [
            row.IsUp ? "up" : "down", row.IsRunning ? "running" : "", row.IsLoopback ? "loopback" : "",
            row.IsWireless ? "wireless" : "",
            row.Connection is "connected" or "disconnected" ? row.Connection : "",
        ];
        return string.Join(", ", words.Where(word => word.Length > 0));
    }
}
