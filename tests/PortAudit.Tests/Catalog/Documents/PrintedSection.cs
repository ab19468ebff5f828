using System.Text.RegularExpressions;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>A part of a document under a heading of its own that holds a table, a list or a fact.</summary>
/// <param name="Document">The document's identifier.</param>
/// <param name="Heading">The heading as printed.</param>
/// <param name="First">Line of the heading.</param>
/// <param name="Last">Line before the next heading.</param>
internal sealed partial record PrintedSection(string Document, string Heading, int First, int Last)
{
    // The first service of KB 832017, and the first line after the table of contents of the Unity document.
    private const int WindowsServicesBegin = 77;
    private const int UnityTextBegins = 84;
    private const int LongestHeading = 80;
    private const string ListOfSections = "See the following sections:";

    // They only introduce the sections below them.
    private static readonly string[] LyncIntroductions = ["Port Requirements", "Lync Server 2013 - Edge Server"];

    private static readonly string[] LyncHeadings =
        ["DNS Requirements", "Lync Server 2013 - Internal Servers", "Internal Interface", "External Interface",
            "Reverse Proxy Server", "Miscellaneous Servers"];

    // Beside the services: the disclaimer on Windows Firewall, RPC in general, the summary, the dependencies, and the
    // references that say how to change a port ("Terminal Services" is a service too). The other references are no more
    // than titles of articles.
    private static readonly string[] WindowsHeadings =
    [
        "SUMMARY", "Overview", "Ports and protocols", "Services on which Active Directory depends",
        "Services that require Active Directory services",
        "Remote Procedure Calls and DCOM", "Domain controllers and Active Directory", "Exchange Server",
        "File Replication Service",
        "Distributed File Replication Service", "IPsec and VPNs", "SQL Server", "Terminal Services",
    ];

    // Sections without a fact: they end the section before them.
    private static readonly string[] WindowsOtherHeadings =
    [
        "System services ports", "Active Directory port and protocol requirements", "REFERENCES", "General information",
        "Internet Information Services",
        "Multicast Address Dynamic Client Allocation Protocol (MADCAP)", "Message Queuing", "Mobile Information Server",
        "Microsoft Operations Manager",
        "Systems Management Server", "Controlling communications over the Internet in Windows",
    ];

    /// <inheritdoc />
    public override string ToString() => $"{Document}:{First}-{Last} {Heading}";

    /// <summary>The sections of a document in the order of its lines.</summary>
    public static IEnumerable<PrintedSection> Of(string document)
    {
        var lines = SeedText.LinesOf(document);
        return document switch
        {
            DocumentIds.Lync => Cut(document, lines,
                line => LyncIntroductions.Contains(lines[line - 1]) || LyncHeadings.Contains(lines[line - 1]))
                .Where(section => LyncHeadings.Contains(section.Heading)),
            DocumentIds.Unity => Cut(document, lines, line => IsUnityHeading(lines, line))
                .Where(section => !IsListOfSections(lines, section) && section.Heading != "Overview"),
            DocumentIds.Mobile => Cut(document, lines, line => IsListHead(lines, line)),
            DocumentIds.Windows => Cut(document, lines, line => IsWindowsHeading(lines, line))
                .Where(section => IsService(lines, section) || WindowsHeadings.Contains(section.Heading)),
            _ => Cut(document, lines, line => lines[line - 1].StartsWith("## ", StringComparison.Ordinal))
                .Where(section => section.Heading != "## See Also"),
        };
    }

    private static IEnumerable<PrintedSection> Cut(string document, string[] lines, Func<int, bool> isHeading)
    {
        var headings = Enumerable.Range(1, lines.Length).Where(isHeading).ToArray();
        return headings.Select((line, place) =>
            new PrintedSection(document, lines[line - 1], line,
                place + 1 < headings.Length ? headings[place + 1] - 1 : lines.Length));
    }

    // A heading is repeated in the table of contents and in the lists of sections before it.
    private static bool IsUnityHeading(string[] lines, int line) =>
        line >= UnityTextBegins
        && lines[line - 1] is not ("" or ListOfSections)
        && Array.LastIndexOf(lines, lines[line - 1]) == line - 1
        && Array.IndexOf(lines, lines[line - 1]) < UnityTextBegins - 1;

    private static bool IsListOfSections(string[] lines, PrintedSection section) =>
        lines[section.First + 1] == ListOfSections;

    // "For Exchange 2000 browse:" before an item; the line before such a line only introduces it.
    private static bool IsListHead(string[] lines, int line) =>
        lines[line - 1].EndsWith(':') && lines.Skip(line).First(text => text.Length > 0) is var next
        && next.TrimStart().StartsWith('•') && !next.EndsWith(':');

    private static bool IsWindowsHeading(string[] lines, int line)
    {
        var text = lines[line - 1];
        if (WindowsHeadings.Contains(text) || WindowsOtherHeadings.Contains(text))
            return true;
        return line >= WindowsServicesBegin && line < Array.IndexOf(lines, "Ports and protocols")
            && lines[line - 2].Length == 0 && lines[line].Length == 0
            && text.Length is > 0 and < LongestHeading && !NoHeading().IsMatch(text);
    }

    private static bool IsService(string[] lines, PrintedSection section) =>
        lines.Take(section.Last).Skip(section.First).Contains("Application protocol Protocol Ports");

    [GeneratedRegex(@"^(System service name:|\*|Note |[0-9]{6} )|:$")]
    private static partial Regex NoHeading();
}
