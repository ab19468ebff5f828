using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Dcom;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>
/// Reads the ports of DCOM's object exporters, which the endpoint mapper does not know. Behind one port are all objects
/// of a process, so that no interface names it. A server lists all its names and addresses with the same port.
/// </summary>
internal static class ExporterAnnouncements
{
    /// <summary>Name of the service: any object of DCOM.</summary>
    public const string Service = RpcInterfaces.Dcom;

    /// <summary>String bindings of an answer that are read at most: a server has one for each of its names and
    /// addresses.</summary>
    public const int MaximumBindings = 64;

    private const uint Ipv4LinkLocal = 0xA9FE;
    private const ulong Ipv6LinkLocal = 0xFE80_0000_0000_0000 >> 54;

    /// <summary>Reads an answer to RemoteCreateInstance or RemoteGetClassObject.</summary>
    public static void ReadProperties(in RpcStub stub, AnnouncementNotes notes) =>
        Read(DcomAnswer.OfProperties(stub.Bytes), stub, notes);

    /// <summary>Reads an answer to ResolveOxid or ResolveOxid2.</summary>
    public static void ReadResolving(in RpcStub stub, AnnouncementNotes notes) =>
        Read(DcomAnswer.OfResolving(stub.Bytes, stub.Syntax), stub, notes);

    /// <summary>Reads an answer to RemoteActivation.</summary>
    public static void ReadActivation(in RpcStub stub, AnnouncementNotes notes) =>
        Read(DcomAnswer.OfActivation(stub.Bytes, stub.Syntax), stub, notes);

    /// <summary>
    /// Every port counts for the address at which the server is seen: it is one of those that are listed, or what
    /// translation makes of one, and a name may be resolved to it. A listed address beside it counts too where the
    /// client can be taken to reach it: of the same family, and private exactly if the other is. It is one of several
    /// to try: that nobody does means nothing.
    /// </summary>
    private static void Read(DualStringArray bindings, in RpcStub stub, AnnouncementNotes notes)
    {
        Span<Endpoint> known = stackalloc Endpoint[2 * MaximumBindings];
        var count = 0;
        for (var i = 0; i < MaximumBindings && bindings.TryRead(out var binding); i++)
        {
            if (binding.TowerId != StringBinding.Tcp || binding.Port == 0 || RpcService.IsWellKnown(binding.Port))
                continue;
            Announce(new Endpoint(stub.Server, binding.Port), isCandidate: false, known, ref count, stub, notes);
            if (binding.Address is { } address && IsReachableBeside(address, stub.Server))
                Announce(new Endpoint(address, binding.Port), isCandidate: true, known, ref count, stub, notes);
        }
    }

    private static bool IsReachableBeside(IpAddress address, IpAddress server) =>
        address.IsIpv4 == server.IsIpv4 && address.IsPrivate == server.IsPrivate && address.IsUnicast
        && IsOfNetwork(address) && IsOfNetwork(server);

    /// <summary>False for addresses that mean something on one host or link only (RFC 6890): unspecified, loopback,
    /// link-local.</summary>
    private static bool IsOfNetwork(IpAddress address) => address.IsIpv4
        ? address.Ipv4Value >> 24 is not (0 or 127) && address.Ipv4Value >> 16 != Ipv4LinkLocal
        : (address.High != 0 || address.Low > 1) && address.High >> 54 != Ipv6LinkLocal;

    private static void Announce(Endpoint end, bool isCandidate, Span<Endpoint> known, ref int count, in RpcStub stub,
        AnnouncementNotes notes)
    {
        if (known[..count].Contains(end))
            return;
        known[count++] = end;
        notes.Announce(new AnnouncementDraft(end, IpProtocol.Tcp, stub.Client)
        {
            Protocol = RpcService.Protocol,
            Service = Service,
            IsStanding = true,
            IsCandidate = isCandidate
        });
    }
}
