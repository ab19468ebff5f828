using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PortAudit.Tests.Conventions;

/// <summary>Dependencies point one way: between projects by their references, inside Traffic by its folders.</summary>
public sealed partial class LayerTests
{
    public static TheoryData<string, string[]> Projects => new()
    {
        { "PortAudit.Traffic", [] },
        { "PortAudit.Live", ["PortAudit.Traffic"] },
        { "PortAudit.Audit", ["PortAudit.Traffic"] },
        { "PortAudit.Reports", ["PortAudit.Audit"] },
        { "PortAudit.Cli", ["PortAudit.Live", "PortAudit.Reports"] },
    };

    /// <summary>The folders of Traffic and what each may use. A folder of Protocols stands for itself: protocols do not know each other.</summary>
    public static TheoryData<string, string[]> Folders => new()
    {
        { "Capture", [] },
        { "Wire", ["Capture"] },
        { "Fragments", ["Wire"] },
        { "Protocols", ["Wire", "Identification"] },
        { "Identification", ["Wire", "Flows", "Protocols", "Names", "Credentials", "Announcements"] },
        { "Names", ["Wire", "Capture", "Flows", "Identification", "Protocols", "Credentials", "Refusals"] },
        { "Credentials", ["Flows", "Names", "Protocols"] },
        { "Announcements", ["Wire", "Flows", "Identification", "Protocols", "Refusals"] },
        { "Refusals", ["Wire", "Flows", "Protocols"] },
        { "Flows", ["Wire", "Capture", "Identification", "Protocols", "Credentials", "Announcements", "Refusals"] },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_the_layer_below(string project, string[] allowed)
    {
        var file = XDocument.Load(Repository.PathOf("src", project, $"{project}.csproj"));
        var references = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Equal(allowed.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Traffic_uses_nothing_but_the_framework()
    {
        var file = XDocument.Load(Repository.PathOf("src", "PortAudit.Traffic", "PortAudit.Traffic.csproj"));

        Assert.Empty(file.Descendants("PackageReference"));
    }

    [Fact]
    public void Every_folder_of_Traffic_has_its_place()
    {
        var folders = Directory.GetDirectories(Repository.PathOf("src", "PortAudit.Traffic")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));

        Assert.Equal(Folders.Select(row => (string)row[0]).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_of_Traffic_uses_only_the_folders_it_may(string folder, string[] allowed)
    {
        var files = Directory.GetFiles(Repository.PathOf("src", "PortAudit.Traffic", folder), "*.cs", SearchOption.AllDirectories);
        var used = files.SelectMany(file => UsedFolder().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Where(name => name != folder).Distinct();

        Assert.NotEmpty(files);
        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void Protocols_do_not_know_each_other()
    {
        var folders = Directory.GetDirectories(Repository.PathOf("src", "PortAudit.Traffic", "Protocols"));
        var crossings = folders.SelectMany(folder => Directory.GetFiles(folder, "*.cs"))
            .SelectMany(file => UsedProtocol().Matches(File.ReadAllText(file)).Select(match => (File: file, Uses: match.Groups[1].Value)))
            .Select(crossing => (Folder: Path.GetFileName(Path.GetDirectoryName(crossing.File)), crossing.Uses))
            .Where(crossing => crossing.Folder != crossing.Uses)
            // MS-TURN dresses up as TLS ([MS-TURN] §3.1.4.1.1), so TLS has to know its costume.
            .Where(crossing => crossing is not ("Tls", "Stun"))
            // NetBIOS sessions and datagrams carry SMB, and SMB's pipes carry RPC ([MS-RPCE] §2.1.1.2).
            .Where(crossing => crossing is not (("NetBios", "Smb") or ("Smb", "DceRpc")))
            // STUN and media share ports (RFC 7983), so media has to tell it apart.
            .Where(crossing => crossing is not ("Rtp", "Stun"))
            // Remote Desktop is told from other users of OSI transport by what it puts into the transport's own units ([MS-RDPBCGR] 2.2.1.1).
            .Where(crossing => crossing is not ("Cotp", "Rdp"))
            // Encodings and framings are not protocols: those that are spoken in them share them.
            .Where(crossing => crossing.Uses is not ("Asn1" or "Ndr" or "Tpkt"));

        Assert.NotEmpty(folders);
        Assert.Empty(crossings);
    }

    [GeneratedRegex(@"^using (?:static )?PortAudit\.Traffic\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsedFolder();

    [GeneratedRegex(@"^using (?:static )?PortAudit\.Traffic\.Protocols\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsedProtocol();
}
