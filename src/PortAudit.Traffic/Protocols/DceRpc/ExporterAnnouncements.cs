using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Dcom;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads ports of DCOM object exporters, unknown to the endpoint mapper. A port serves all objects of a
/// process, so no interface names it. A server lists all its names and addresses with the same port.</summary>
internal static class ExporterAnnouncements
{
    /// <summary>Name of the service: any object of DCOM.</summary>
    public const string Service = RpcInterfaces.Dcom;

    /// <summary>String bindings read per response: one for each of the server's names and addresses.</summary>
    public const int MaximumBindings = 64;

    private const uint Ipv4LinkLocal = 0xA9FE;
    private const ulong Ipv6LinkLocal = 0xFE80_0000_0000_0000 >> 54;

    /// <summary>Reads a RemoteCreateInstance or RemoteGetClassObject response.</summary>
    public static void ReadProperties(in RpcStub stub, AnnouncementNotes notes) =>
        Read(DcomAnswer.OfProperties(stub.Bytes), stub, notes);

    /// <summary>Reads a ResolveOxid or ResolveOxid2 response.</summary>
    public static void ReadResolving(in RpcStub stub, AnnouncementNotes notes) =>
        Read(DcomAnswer.OfResolving(stub.Bytes, stub.Syntax), stub, notes);

    /// <summary>Reads a RemoteActivation response.</summary>
    public static void ReadActivation(in RpcStub stub, AnnouncementNotes notes) =>
        Read(DcomAnswer.OfActivation(stub.Bytes, stub.Syntax), stub, notes);

    /// <summary>Announces each port at the address where the server is seen: it is one of those listed, or a
    /// translation, and a name may resolve to it. Also at other listed addresses that the client can presumably reach:
    /// same family, and private exactly if the seen one is. As these are alternatives, an unused one means
    /// nothing.</summary>
    private static void Read(DualStringArray bindings, in RpcStub stub, AnnouncementNotes notes)
    {
        Span<Endpoint> known = stackalloc Endpoint[2 * MaximumBindings];
        var count = 0;
        for (var i = 0; i < MaximumBindings && bindings.TryRead(out var binding); i++)
        {
            if (binding.TowerId != StringBinding.Tcp || binding.Port == 0 || RpcService.IsWellKnown(binding.Port))
                continue;
            Announce(new Endpoint(stub.Server, binding.Port), isCandidate: false, known, ref count, stub, notes);
            if (binding.Address is { } address && IsAlsoReachable(address, stub.Server))
                Announce(new Endpoint(address, binding.Port), isCandidate: true, known, ref count, stub, notes);
        }
    }

    private static bool IsAlsoReachable(IpAddress address, IpAddress server) =>
        address.IsIpv4 == server.IsIpv4 && address.IsPrivate == server.IsPrivate && address.IsUnicast
        && IsOfNetwork(address) && IsOfNetwork(server);

    /// <summary>False for addresses valid on one host or link only (RFC 6890): unspecified, loopback,
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
