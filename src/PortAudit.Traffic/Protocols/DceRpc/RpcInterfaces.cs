using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>
/// Names of RPC interfaces by their UUIDs, whatever the version: those that at least two independent public sources
/// have (Microsoft's documents and grammars, Wireshark, Zeek, Scapy, Impacket). An interface has Wireshark's filter
/// name where there is one, else the name that most of them give, Microsoft's own in doubt. Three are written
/// otherwise: <c>epm</c>, <c>netlogon</c> and <c>browser</c> without the digit or prefix that Wireshark adds to tell
/// its filters apart, and <c>ISystemActivator</c> as DCOM writes it.
/// </summary>
public static class RpcInterfaces
{
    /// <summary>The manager of conversations, by which a server of connectionless RPC asks its caller back (C706
    /// appendix P).</summary>
    private static readonly Guid Conversation = new("333a2276-0000-0000-0d00-00809c000000");

    private static readonly FrozenDictionary<Guid, string> Names =
        Read(ServiceInterfaces.Table, ManagementInterfaces.Table, StorageInterfaces.Table);

    /// <summary>What DCOM's object exporters are called: behind their port are all objects of a process, so that no
    /// interface names it.</summary>
    internal const string Dcom = "dcom";

    /// <summary>What the UDP port is called at which a client of Exchange wants to be told of new messages.</summary>
    internal const string PushNotification = "exchange-push-notification";

    /// <summary>All names that a service of RPC may have, in no order; one that two UUIDs have stands there
    /// twice.</summary>
    public static ImmutableArray<string> AllNames => [.. Names.Values, Dcom, PushNotification];

    /// <summary>The name of the interface whose UUID these 16 bytes are, null when it is not known. Allocates
    /// nothing.</summary>
    /// <param name="uuid">The UUID as it was sent, 16 bytes.</param>
    /// <param name="isLittleEndian">Whether its first three fields are little-endian, as the PDU's label says.</param>
    internal static string? Find(ReadOnlySpan<byte> uuid, bool isLittleEndian) => Find(new Guid(uuid, !isLittleEndian));

    /// <summary>The name of an interface, null when it is not known. Allocates nothing.</summary>
    public static string? Find(Guid uuid) => Names.GetValueOrDefault(uuid);

    /// <summary>True for an interface that every server has, by its name, and that says nothing of what it serves: the
    /// endpoint mapper and the management of the run-time (C706 appendices O and Q).</summary>
    public static bool IsGeneral(string name) => name is "epm" or "mgmt";

    /// <summary>True for the interface by which a server asks its caller back.</summary>
    internal static bool IsConversation(ReadOnlySpan<byte> uuid, bool isLittleEndian) =>
        new Guid(uuid, !isLittleEndian) == Conversation;

    private static FrozenDictionary<Guid, string> Read(params string[] tables) =>
        tables.SelectMany(table => table.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            .Chunk(2)
            .ToFrozenDictionary(row => Guid.Parse(row[0]), row => row[1]);
}
