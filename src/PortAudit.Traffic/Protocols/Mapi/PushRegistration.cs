using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Ndr;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Mapi;

/// <summary>A client's request for datagram notifications: EcRRegisterPushNotification ([MS-OXCRPC] 3.1.4.5).</summary>
/// <param name="Address">Their destination address.</param>
/// <param name="Port">Their UDP port.</param>
internal readonly record struct PushRegistration(IpAddress Address, ushort Port)
{
    /// <summary>EMSMDB ([MS-OXCRPC] 1.9).</summary>
    public static readonly Guid Interface = new("a4f1db00-ca47-1067-b31f-00dd010662da");

    /// <summary>Opnum of the method.</summary>
    public const ushort Operation = 4;

    /// <summary>A context handle (C706 §14.2.16.6).</summary>
    private const int HandleLength = 20;

    /// <summary>SOCKADDR families ([MS-OXCNOTIF] 3.1.5.4): AF_INET with port and address, Windows' AF_INET6 with port,
    /// flow and address.</summary>
    private const ushort Ipv4Family = 2;
    private const ushort Ipv6Family = 23;
    private const int Ipv4Length = 8;
    private const int Ipv6Length = 24;

    /// <summary>True when a request's stub data has an address.</summary>
    public static bool TryParse(ReadOnlySpan<byte> stub, NdrSyntax syntax, out PushRegistration registration,
        out ParseError error)
    {
        registration = default;
        var reader = new NdrReader(stub, syntax);
        reader.Bytes(HandleLength);
        reader.UInt32();
        reader.Bytes(reader.Count());
        reader.UInt16();
        reader.UInt32();
        var address = reader.Bytes(reader.Count());
        var length = reader.UInt16();
        error = ParseError.Incomplete;
        if (reader.HasFailed)
            return false;
        error = ParseError.BadLength;
        if (length != address.Length || address.Length < Ipv4Length)
            return false;
        error = ParseError.BadValue;
        var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        var family = BinaryPrimitives.ReadUInt16LittleEndian(address);
        if (family == Ipv4Family)
            registration = new PushRegistration(IpAddress.FromIpv4(address[4..]), port);
        else if (family == Ipv6Family && address.Length >= Ipv6Length)
            registration = new PushRegistration(IpAddress.FromIpv6(address[8..]), port);
        else
            return false;
        error = ParseError.None;
        return true;
    }
}
