using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>DCE/RPC content at the start of one direction of a connection.</summary>
/// <param name="SideMatch">Match with the protocol, and side.</param>
/// <param name="Interface">Name of the interface in the first bind; null when not seen or unknown.</param>
/// <param name="IsSettled">True when more bytes cannot name the interface: a complete bind was read, or enough
/// PDUs.</param>
internal readonly record struct DceRpcOpening(SideMatch SideMatch, string? Interface, bool IsSettled)
{
    /// <summary>PDUs read at most: clients change their context during their first calls.</summary>
    public const int MaximumPdus = 16;

    /// <summary>First bytes of a server speaking RPC over HTTP directly, on 593 and its own ports ([MS-RPCH]
    /// 2.1.2.2.1).</summary>
    private static ReadOnlySpan<byte> HttpBanner => "ncacn_http/1.0"u8;

    /// <summary>Reads the start of <paramref name="stream"/>.</summary>
    public static DceRpcOpening Read(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return new(SideMatch.NoData, null, false);
        if (!BeginsWithBanner(stream, out var length))
            return Walk(stream);
        return length == 0
            ? new(SideMatch.Partial, null, false)
            : Walk(stream[length..]) with { SideMatch = SideMatch.Reply };
    }

    /// <summary>True when the bytes, as far as present, are the banner of RPC over HTTP.</summary>
    /// <param name="stream">The bytes, at least one.</param>
    /// <param name="length">Length of the banner; 0 while incomplete.</param>
    public static bool BeginsWithBanner(ReadOnlySpan<byte> stream, out int length)
    {
        var common = stream.CommonPrefixLength(HttpBanner);
        length = common == HttpBanner.Length ? common : 0;
        return common == stream.Length || length > 0;
    }

    private static DceRpcOpening Walk(ReadOnlySpan<byte> stream)
    {
        var evidence = SideMatch.Partial;
        for (var i = 0; i < MaximumPdus; i++)
        {
            if (!DceRpcPdu.TryParse(stream, out var pdu, out var error))
            {
                var isBroken = error != ParseError.Incomplete;
                return new(isBroken && i == 0 ? SideMatch.Mismatch : evidence, null, isBroken);
            }

            if (i == 0)
                evidence = SideOf(pdu.Type);
            if (DceRpcBind.TryParse(pdu, out var bind, out _) && bind.FindInterface() is { } name)
                return new(evidence, name, true);
            if (pdu.IsCut || pdu.Type == DceRpcPduType.Bind)
                return new(evidence, null, !pdu.IsCut);
            stream = stream[pdu.FragmentLength..];
        }

        return new(evidence, null, true);
    }

    /// <summary>Sender of a PDU type (C706 §12.6.4); RTS PDUs of RPC over HTTP go both ways ([MS-RPCH]
    /// 2.2.4).</summary>
    private static SideMatch SideOf(DceRpcPduType type) => type switch
    {
        DceRpcPduType.RequestToSend => SideMatch.EitherSide,
        DceRpcPduType.Response or DceRpcPduType.Fault or DceRpcPduType.Shutdown => SideMatch.Reply,
        DceRpcPduType.BindAcknowledgement or DceRpcPduType.BindRefusal or DceRpcPduType.AlterContextResponse =>
            SideMatch.Reply,
        _ => SideMatch.Request,
    };
}
