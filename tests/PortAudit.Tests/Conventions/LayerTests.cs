using System.Xml.Linq;

namespace PortAudit.Tests.Conventions;

/// <summary>
/// Dependencies point one way: between projects by their references, between folders by the types that the compiled
/// assemblies use. A namespace is a folder.
/// </summary>
public sealed class LayerTests
{
    /// <summary>
    /// The folders of each project in their order: a folder uses those before it. An asterisk stands for all folders
    /// below that have no row of their own, and a dot for the project's own folder.
    /// </summary>
    private static readonly Dictionary<string, string[]> Layers = new(StringComparer.Ordinal)
    {
        ["PortAudit.Traffic"] =
        [
            "Capture", "Capture.Ring", "Wire", "Fragments", "Records", "Protocols.Contract", "Protocols.Parts",
            "Protocols.*", "Protocols",
            "Streams", "Flows", "Observers.*", "Observation", "Logs.Contract", "Logs.Parts", "Logs.Zeek",
            "Logs.Suricata", "Logs.NetFlow", "Logs.Nfdump", "Logs.Aws", "Logs.Azure", "Logs.Gcp", "Logs",
        ],
        ["PortAudit.Live"] = ["Host", "Pcap", "Devices", "Interfaces", "Doctor", "."],
        ["PortAudit.Audit"] =
        [
            "Wording", "Yaml", "Catalog", "Site", "Policies.Model", "Policies.Import", "Policies.*", "Policies",
            "Behaviour", "Matching", "Needs", "State", "Findings", "Policies.Lint", "Coverage", "Segments", "Passages",
            "Connections", "Scans",
            "Obsolete", "Administration", "Tunnels", "Tls", "Timelines", "Dynamic", "Roles", "PolicyReview",
            "Learned", "Trends", ".", "Saving", "Watching",
        ],
        ["PortAudit.Reports"] =
        [
            "Writing", "Packets", "Baseline", "Rows", "Json", "Text", "Flows.CommunityIds", "Flows", "Plots",
            "Markdown", "Policies.Proposals", "Policies", "Html", "Pictures", "Csv", "Sarif",
            "Junit", "Catalog", "Roles", "Machine", "Watch", "Passages",
            ".",
        ],
        ["PortAudit.Store"] = ["Contract", "Rows", "Duck", "ClickHouse", "."],
        ["portaudit-learn"] = ["Examples", "Training", "Measuring", "."],
        ["portaudit"] = ["Terminal", "Input", "Output", "Commands", "Watch", "Completion", "Manual", "."],
    };

    /// <summary>Protocols that have to know another one, with the reason.</summary>
    private static readonly Dictionary<(string From, string To), string> Crossings = new()
    {
        [("Tls", "Stun")] = "Microsoft's TURN begins like TLS ([MS-TURN] 3.1.4.1.1)",
        [("NetBios", "Smb")] = "NetBIOS sessions and datagrams carry SMB",
        [("Smb", "DceRpc")] = "SMB's pipes carry RPC ([MS-RPCE] 2.1.1.2)",
        [("NetBios", "Dns")] = "NetBIOS names are encoded as DNS names (RFC 1002 4.1)",
        [("Dhcp", "Dns")] = "DHCP carries domain names (RFC 3397)",
        [("DceRpc", "Msmq")] = "message queuing answers over RPC with the ports of its own protocol ([MS-MQQP])",
        [("Ntlm", "Kerberos")] = "SPNEGO carries either ([MS-SPNG])",
        [("Rtp", "Stun")] = "STUN and media share ports (RFC 7983)",
        [("Quic", "Tls")] = "QUIC carries the handshake of TLS (RFC 9001 4)",
        [("Cotp", "S7comm")] = "S7 is known by what it puts into OSI transport units",
        [("Cotp", "Rdp")] = "Remote Desktop is known by what it puts into OSI transport units ([MS-RDPBCGR] 2.2.1.1)",
    };

    /// <summary>Encodings, framings and formats without connections of their own, which protocols share.</summary>
    private static readonly string[] Shared =
        ["Contract", "Parts", "Asn1", "Ndr", "Tpkt", "Sdp", "Ntlm", "Dcom", "Mapi"];

    public static TheoryData<string, string[]> Projects => new()
    {
        { "PortAudit.Traffic", [] },
        { "PortAudit.Live", ["PortAudit.Traffic"] },
        { "PortAudit.Audit", ["PortAudit.Traffic"] },
        { "PortAudit.Reports", ["PortAudit.Audit"] },
        { "PortAudit.Learning", ["PortAudit.Audit"] },
        { "PortAudit.Store", ["PortAudit.Audit"] },
        { "PortAudit.Cli", ["PortAudit.Live", "PortAudit.Reports", "PortAudit.Store"] },
    };

    public static TheoryData<string> Assemblies => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_the_layer_below(string project, string[] allowed)
    {
        var file = XDocument.Load(Repository.PathOf("src", project, $"{project}.csproj"));
        var references = file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Equal(allowed.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Traffic_uses_nothing_but_the_framework()
    {
        var file = XDocument.Load(Repository.PathOf("src", "PortAudit.Traffic", "PortAudit.Traffic.csproj"));

        Assert.Empty(file.Descendants("PackageReference"));
    }

    [Fact]
    public void Pictures_alone_know_the_library_that_draws_them()
    {
        var users = Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("using S", StringComparison.Ordinal)
                && File.ReadLines(file).Any(line => line is "using ScottPlot;" or "using SkiaSharp;"))
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))).Distinct();

        Assert.Equal("Pictures", Assert.Single(users));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_folder_has_its_layer(string assembly)
    {
        var folders = FolderGraph.Of(assembly);

        Assert.NotEmpty(folders.Folders);
        Assert.DoesNotContain(folders.Folders, folder => LayerOf(assembly, folder) < 0);
        Assert.All(Layers[assembly], layer => Assert.Contains(folders.Folders, folder => IsIn(layer, folder)));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_folder_uses_only_folders_before_it(string assembly)
    {
        var upward = FolderGraph.Of(assembly).Uses
            .Where(use => LayerOf(assembly, use.From) < LayerOf(assembly, use.To))
            .Select(use => $"{use.From} uses {use.To}: {use.User} uses {use.Used}");

        Assert.Empty(upward.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Folders_do_not_use_each_other_in_a_circle(string assembly) =>
        Assert.Empty(FolderGraph.Of(assembly).Circles());

    [Fact]
    public void Protocols_do_not_know_each_other()
    {
        const string Protocols = "Protocols.";
        var crossings = FolderGraph.Of("PortAudit.Traffic").Uses
            .Where(use => use.From.StartsWith(Protocols, StringComparison.Ordinal))
            .Where(use => use.To.StartsWith(Protocols, StringComparison.Ordinal))
            .Select(use => (From: use.From.Split('.')[1], To: use.To.Split('.')[1], use.User, use.Used))
            .Where(use => use.From != use.To && !Shared.Contains(use.To) && !Crossings.ContainsKey((use.From, use.To)));

        Assert.Empty(crossings);
    }

    private static int LayerOf(string assembly, string folder)
    {
        var layers = Layers[assembly];
        var own = Array.IndexOf(layers, folder);
        return own >= 0 ? own : Array.FindIndex(layers, layer => IsIn(layer, folder));
    }

    private static bool IsIn(string layer, string folder) =>
        layer == folder || (layer.EndsWith('*') && folder.StartsWith(layer[..^1], StringComparison.Ordinal));
}
