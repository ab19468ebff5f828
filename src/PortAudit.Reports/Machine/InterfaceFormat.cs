using System.Collections.Immutable;

namespace PortAudit.Reports.Machine;

/// <summary>A format in which interfaces are listed. To add one, add a row.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Write">Writes the list; the width in columns is null when lines may be of any length.</param>
public sealed record InterfaceFormat(string Name, Action<InterfaceListing, TextWriter, int?> Write)
{
    /// <summary>The formats; the first is the default.</summary>
    public static readonly ImmutableArray<InterfaceFormat> All =
    [
        new("table", InterfaceTable.Write),
        new("json", (listing, writer, _) => InterfaceJson.Write(listing, writer)),
    ];
}
