using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Names of RPC interfaces by UUID, for any version, as given by at least two independent public sources
/// (Microsoft's documents and grammars, Wireshark, Zeek, Scapy, Impacket): Wireshark's filter name if there is one,
/// else the most common, preferring Microsoft's. Exceptions: <c>epm</c>, <c>netlogon</c> and <c>browser</c> without the
/// digit or prefix that Wireshark adds for uniqueness, and <c>ISystemActivator</c> as in DCOM.</summary>
public static class RpcInterfaces
{
    /// <summary>The conversation manager, through which a connectionless server calls back (C706 appendix P).</summary>
    private static readonly Guid Conversation = new("333a2276-0000-0000-0d00-00809c000000");

    private static readonly FrozenDictionary<Guid, string> Names =
        Read(ServiceInterfaces.Table, ManagementInterfaces.Table, StorageInterfaces.Table);

    /// <summary>Name for DCOM's object exporters: a port serves all objects of a process, so no interface names
    /// it.</summary>
    internal const string Dcom = "dcom";

    /// <summary>Name for the UDP port of an Exchange client's message notifications.</summary>
    internal const string PushNotification = "exchange-push-notification";

    /// <summary>All possible names of RPC services, unordered; a name of two UUIDs appears twice.</summary>
    public static ImmutableArray<string> AllNames => [.. Names.Values, Dcom, PushNotification];

    /// <summary>Name of the interface with this UUID; null when unknown. Allocates nothing.</summary>
    /// <param name="uuid">The UUID as sent, 16 bytes.</param>
    /// <param name="isLittleEndian">Byte order of its first three fields, from the PDU's label.</param>
    internal static string? Find(ReadOnlySpan<byte> uuid, bool isLittleEndian) => Find(new Guid(uuid, !isLittleEndian));

    /// <summary>Name of an interface; null when unknown. Allocates nothing.</summary>
    public static string? Find(Guid uuid) => Names.GetValueOrDefault(uuid);

    /// <summary>True for the name of an interface that every server has: endpoint mapper and management (C706
    /// appendices O and Q).</summary>
    public static bool IsGeneral(string name) => name is "epm" or "mgmt";

    /// <summary>True for the callback interface.</summary>
    internal static bool IsConversation(ReadOnlySpan<byte> uuid, bool isLittleEndian) =>
        new Guid(uuid, !isLittleEndian) == Conversation;

    private static FrozenDictionary<Guid, string> Read(params string[] tables) =>
        tables.SelectMany(table => table.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            .Chunk(2)
            .ToFrozenDictionary(row => Guid.Parse(row[0]), row => row[1]);
}
