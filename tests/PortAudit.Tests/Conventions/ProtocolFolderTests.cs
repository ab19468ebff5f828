using System.Text.RegularExpressions;
using Mono.Cecil;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Tests.Conventions;

/// <summary>
/// Everything about a protocol stands in one folder and one row: nothing else in the sources writes its registry name
/// or uses the types of its folder. What is written as UTF-8 is what the network carries, and no name.
/// </summary>
public sealed partial class ProtocolFolderTests
{
    private const string Protocols = "PortAudit.Traffic/Protocols/";

    /// <summary>A name that is a word of English: how often, and when.</summary>
    private const string Time = "time";

    /// <summary>Files in which words have another meaning, or that name another protocol, with the reason.</summary>
    private static readonly (string File, string[] Words, string Reason)[] Exceptions =
    [
        ("PortAudit.Audit/Catalog/RuleWords.cs", ["tls"], "the security that a rule asks for"),
        ("PortAudit.Audit/Obsolete/ObsoleteServices.cs", ["telnet"], "the identifier of an obsolete form"),
        ("PortAudit.Audit/Tunnels/TunnelFindings.cs", ["dns"], "a kind of hidden tunnel, as websocket is"),
        ("PortAudit.Cli/Commands/CatalogQueryCommand.cs", ["icmp"], "a transport"),
        ("PortAudit.Cli/Input/FlowSelectionOptions.cs", ["icmp"], "a transport"),
        ("PortAudit.Cli/Input/PacketOption.cs", ["icmp"], "a transport"),
        ("PortAudit.Reports/Catalog/EntryWords.cs", ["tls"], "the security that a rule asks for"),
        ("PortAudit.Reports/Flows/FlowSummaryData.cs", ["proxy"], "a property of JSON, a column of CSV"),
        ("PortAudit.Reports/Flows/TlsJson.cs", ["tls"], "a property of JSON"),
        ("PortAudit.Reports/Packets/NetworkLayers.cs", ["ah"], "a kind of tunnel"),
        ("PortAudit.Reports/Writing/DecodeWords.cs", ["icmp"], "a layer"),
        ("PortAudit.Traffic/Records/NameSighting.cs", ["dhcp", "kerberos", "llmnr", "mdns", "smb"],
            "what a name of a host rests on"),
        ("PortAudit.Traffic/Wire/IpProtocol.cs", ["icmp"], "a transport"),
        ("PortAudit.Traffic/Wire/TunnelKindNames.cs", ["ah", "capwap", "etherip", "geneve", "gre", "l2tp", "lisp",
            "pim", "pptp", "teredo", "tzsp", "vxlan"], "a kind of tunnel"),
        ("PortAudit.Store/ClickHouse/ClickHouseAddress.cs", ["http", "tls"], "a scheme and a word of addresses"),
        (Protocols + "CommonProtocols.cs", ["rdp", "vnc"], "what WebSockets of HTTP are known to carry"),
        (Protocols + "Contract/MediaPort.cs", ["rtcp", "rtp"], "what signalling protocols announce"),
        (Protocols + "Smb/SmbPipes.cs", ["tds"], "what a pipe of SQL Server carries ([MS-TDS] 2.1)"),
    ];

    /// <summary>Folders that read and write configurations of firewalls, whose words are those of their vendors, those
    /// that read flow logs, whose words are those of the programs that write them, and the examples of learning, which
    /// say what a protocol is used for.</summary>
    private static readonly string[] Configurations =
    [
        "PortAudit.Audit/Policies/", "PortAudit.Reports/Policies/", "PortAudit.Traffic/Logs/",
        "PortAudit.Learning/Examples/",
    ];

    /// <summary>Folders that use the types of a protocol's folder, with the reason.</summary>
    private static readonly Dictionary<(string From, string To), string> Crossings = new()
    {
        [("Flows", "Dhcp")] = "who asked for an address is answered at another one (RFC 2131 4.1)",
        [("Flows", "Dns")] = "its identifiers join a question with its answer",
        [("Flows", "Sip")] = "its identifiers join a request with its answer",
        [("Flows", "Stun")] = "its identifiers join a request with its answer",
        [("Streams", "Quic")] = "its handshake lies in several datagrams",
        [("Observers.Identification", "Quic")] = "its handshake lies in several datagrams",
        [("Observers.Identification", "Tls")] = "notes of a handshake are kept while it goes on",
        [("Logs.Contract", "DceRpc")] = "the interfaces in a log name a flow, as those in packets do",
        [("Logs.Suricata", "DceRpc")] = "its identifiers of interfaces become names as in packets",
        [("Logs.Zeek", "DceRpc")] = "its names of interfaces become those of packets",
        [("Logs.Zeek", "Http")] = "a status in a log refuses as one in packets does",
        [("Logs.Zeek", "Sip")] = "a status in a log refuses as one in packets does",
        [("Logs.Contract", "Tls")] = "what was negotiated in a log names what is inside TLS",
        [("Observation", "DceRpc")] = "the interfaces that were accepted name a flow",
        [("Observation", "RemoteControl")] = "certificates name AnyDesk",
        [("Observation", "Tls")] = "the notes of a handshake become a record",
        [("PortAudit.Audit", "DceRpc")] = "rules name the interfaces of RPC",
    };

    [Fact]
    public void The_name_of_a_protocol_stands_in_its_folder_and_its_row()
    {
        var exceptions = Exceptions.SelectMany(entry => entry.Words.Select(word => (entry.File, Word: word)))
            .ToHashSet();
        var written = Written().ToHashSet();
        var strangers = written.Except(exceptions).GroupBy(entry => entry.Word, entry => entry.File)
            .SelectMany(files => Strangers([.. files]).Select(file => $"\"{files.Key}\" in {file}"));

        Assert.Empty(strangers.Order(StringComparer.Ordinal));
        Assert.Empty(exceptions.Except(written));
    }

    /// <summary>The assemblies that use protocols of Traffic.</summary>
    private static readonly string[] Users = ["PortAudit.Audit", "PortAudit.Live", "PortAudit.Reports", "portaudit"];

    [Fact]
    public void The_types_of_a_protocol_are_used_by_its_row_alone()
    {
        var within = FolderGraph.Of("PortAudit.Traffic").Uses
            .Where(use => use.To.StartsWith("Protocols.", StringComparison.Ordinal)
                && use.From != "Protocols" && !use.From.StartsWith("Protocols.", StringComparison.Ordinal))
            .Select(use => (use.From, To: use.To.Split('.')[1]));
        var without = from assembly in Users
                      from space in NamespacesUsedBy(assembly)
                      where space.StartsWith("PortAudit.Traffic.Protocols.", StringComparison.Ordinal)
                      select (From: assembly, To: space.Split('.')[3]);
        var uses = within.Concat(without).Where(use => use.To is not ("Contract" or "Parts")).ToHashSet();

        Assert.Empty(uses.Except(Crossings.Keys).Order());
        Assert.Empty(Crossings.Keys.Except(uses).Order());
    }

    /// <summary>Of the files that write one name those beyond one list of rows and one folder.</summary>
    private static IEnumerable<string> Strangers(string[] files)
    {
        var folders = files.Where(file => file.StartsWith(Protocols, StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file[Protocols.Length..])!).ToHashSet(StringComparer.Ordinal);
        var rows = files.Where(file => Path.GetDirectoryName(file) == Protocols.TrimEnd('/'));
        return files.Where(file => !file.StartsWith(Protocols, StringComparison.Ordinal))
            .Concat(rows.Skip(1))
            .Concat(folders.Where(folder => folder.Length > 0).Skip(1).Select(folder => Protocols + folder));
    }

    /// <summary>Registry names that source files write as text, outside comments.</summary>
    private static IEnumerable<(string File, string Word)> Written()
    {
        var root = Repository.PathOf("src");
        foreach (var path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal)
                || Configurations.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
                continue;
            foreach (var line in File.ReadLines(path))
            {
                foreach (Match match in Literal().Matches(Comment().Replace(line, "")))
                {
                    if (ProtocolRegistry.Find(match.Groups[1].Value) is { Name: not Time } row)
                        yield return (file, row.Name);
                }
            }
        }
    }

    private static string[] NamespacesUsedBy(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        return [.. module.GetTypeReferences().Select(type => type.Namespace).Distinct()];
    }

    [GeneratedRegex("""(?<![\w\\])"([a-z0-9-]+)"(?!u8)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(^|\s)//.*$")]
    private static partial Regex Comment();
}
