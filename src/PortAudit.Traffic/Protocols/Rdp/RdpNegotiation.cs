using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Rdp;

/// <summary>Remote Desktop's part of transport connection request and confirm ([MS-RDPBCGR] 2.2.1.1,
/// 2.2.1.2).</summary>
internal static class RdpNegotiation
{
    /// <summary>Length of negotiation structures, in bytes.</summary>
    public const int Length = 8;

    private const byte Request = 1;
    private const byte Response = 2;
    private const byte Failure = 3;

    /// <summary>Protocol flags; the five lowest are defined. None means RDP's own security.</summary>
    private const uint LastProtocols = 0x1F;

    private static ReadOnlySpan<byte> Cookie => "Cookie: msts"u8;

    /// <summary>True for a request with a cookie or routing token, a negotiation, or both.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> variable) =>
        variable.StartsWith(Cookie) || TryRead(variable, Request, out _);

    /// <summary>True for a confirm that selects or fails.</summary>
    public static bool IsResponse(ReadOnlySpan<byte> variable) =>
        TryRead(variable, Response, out _) || TryRead(variable, Failure, out _);

    /// <summary>True for a request that offers TLS, alone or as part of another protocol.</summary>
    public static bool OffersTls(ReadOnlySpan<byte> variable)
    {
        var end = variable.StartsWith(Cookie) ? variable.IndexOf("\r\n"u8) : -1;
        return TryRead(end < 0 ? variable : variable[(end + 2)..], Request, out var protocols) && protocols != 0;
    }

    /// <summary>True for a confirm that selects TLS, alone or as part of another protocol.</summary>
    public static bool ChoosesTls(ReadOnlySpan<byte> variable) =>
        TryRead(variable, Response, out var protocols) && protocols != 0;

    /// <summary>Type, flags, length, and protocols or failure code; correlation info may follow a request.</summary>
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
