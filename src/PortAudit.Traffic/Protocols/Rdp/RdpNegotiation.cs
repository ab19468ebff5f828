using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Rdp;

/// <summary>What Remote Desktop puts into the request and the confirm of the transport connection ([MS-RDPBCGR]
/// 2.2.1.1, 2.2.1.2).</summary>
internal static class RdpNegotiation
{
    /// <summary>Length of the negotiation structures, in bytes.</summary>
    public const int Length = 8;

    private const byte Request = 1;
    private const byte Response = 2;
    private const byte Failure = 3;

    /// <summary>Protocols are bits; the five lowest are defined. None of them means the security of RDP
    /// itself.</summary>
    private const uint LastProtocols = 0x1F;

    private static ReadOnlySpan<byte> Cookie => "Cookie: msts"u8;

    /// <summary>True for a request with a cookie or a routing token, with a negotiation, or with both.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> variable) =>
        variable.StartsWith(Cookie) || TryRead(variable, Request, out _);

    /// <summary>True for a confirm with a choice or a refusal.</summary>
    public static bool IsResponse(ReadOnlySpan<byte> variable) =>
        TryRead(variable, Response, out _) || TryRead(variable, Failure, out _);

    /// <summary>True for a request whose negotiation offers TLS, bare or with more behind it.</summary>
    public static bool OffersTls(ReadOnlySpan<byte> variable)
    {
        var end = variable.StartsWith(Cookie) ? variable.IndexOf("\r\n"u8) : -1;
        return TryRead(end < 0 ? variable : variable[(end + 2)..], Request, out var protocols) && protocols != 0;
    }

    /// <summary>True for a confirm that chooses TLS, bare or with more behind it.</summary>
    public static bool ChoosesTls(ReadOnlySpan<byte> variable) =>
        TryRead(variable, Response, out var protocols) && protocols != 0;

    /// <summary>Type, flags, length and protocols or the code of a failure; correlation information may follow a
    /// request.</summary>
    private static bool TryRead(ReadOnlySpan<byte> variable, byte type, out uint protocols)
    {
        protocols = 0;
        if (variable.Length < Length || variable[0] != type
            || BinaryPrimitives.ReadUInt16LittleEndian(variable[2..]) != Length)
            return false;
        protocols = BinaryPrimitives.ReadUInt32LittleEndian(variable[4..]);
        return protocols <= LastProtocols;
    }
}
