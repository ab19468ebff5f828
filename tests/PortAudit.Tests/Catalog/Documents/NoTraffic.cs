using System.Collections.Frozen;
using static PortAudit.Tests.Catalog.Documents.DocumentIds;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>Numbers that follow a word such as "port" and need no entry, each with its reason.</summary>
internal static class NoTraffic
{
    /// <summary>The reason by document, line and number.</summary>
    public static readonly FrozenDictionary<(string Document, int Line, int Number),
        string> Reasons = new Dictionary<(string, int, int), string>
        {
            [(Lync, 104, 80)] = "the port to which the reverse proxy's own module translates; the row prints 8080",
            [(Lync, 105, 443)] = "the port to which the reverse proxy's own module translates; the row prints 4443",
            [(Unity, 92, 1)] = "a page number: 1-6",
            [(Unity, 700, 20)] = "how many ports a range should hold",
            [(Windows, 104, 21)] = "the gateway's redirection of port 21; the row of line 109 prints it",
            [(Windows, 104, 3000)] = "on the loopback adapter, never on a wire",
            [(Windows, 318, 4131)] = "an example of another control port",
            [(Windows, 318, 4130)] = "the data port that goes with the example",
            [(Windows, 614, 139)] = "names the session that echo requests precede; the row of line 621 prints it",
            [(Windows, 614, 445)] = "names the session that echo requests precede; the row of line 622 prints it",
            [(Windows, 646, 7)] = "tells what Echo is; the rows of lines 661 and 662 print it with its transports",
            [(Windows, 647, 9)] = "tells what Discard is; the rows of lines 659 and 660 print it with its transports",
            [(Windows, 648, 19)] = "tells what Chargen is; the rows of lines 655 and 656 print it with its transports",
            [(Windows, 649, 13)] = "tells what Daytime is; the rows of lines 657 and 658 print it with its transports",
            [(Windows, 650, 17)] =
            "tells what Quote of the Day is; the rows of lines 663 and 664 print it with its transports",
        }.ToFrozenDictionary();
}
