using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Recognises H.245 over TCP (H.323 §6.2.8: TPKT packets on a port announced by call signalling) by the first
/// messages of both sides: capabilities, with the protocol's object identifier, and master/slave determination. Both
/// sides send the same, so there is no client.</summary>
internal sealed class H245Recogniser : TwoSidedRecogniser
{
    private const int IdentifierAt = 3;
    private const byte CapabilitySet = 0x02;
    private const byte HighestVersion = 32;

    /// <summary>Length and value of <c>{itu-t(0) recommendation(0) h(8) 245 version(0)}</c> without the version (H.245
    /// §7.2.1).</summary>
    private static ReadOnlySpan<byte> Identifier => [0x06, 0x00, 0x08, 0x81, 0x75, 0x00];

    /// <summary>Request choice, without extension (H.245 §7.1).</summary>
    private static ReadOnlySpan<byte> Determination => [0x01, 0x00];

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!TpktPacket.TryParse(bytes, out var packet, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        if (packet.Payload.IsEmpty)
            return packet.IsCut ? SideMatch.Partial : SideMatch.Mismatch;
        var evidence =
            packet.Payload[0] == CapabilitySet ? WeighCapabilities(packet.Payload) : WeighDetermination(packet);
        return evidence == SideMatch.Partial && !packet.IsCut ? SideMatch.Mismatch : evidence;
    }

    private static SideMatch WeighCapabilities(ReadOnlySpan<byte> message)
    {
        var seen = message[Math.Min(IdentifierAt, message.Length)..];
        if (seen.CommonPrefixLength(Identifier) < Math.Min(seen.Length, Identifier.Length))
            return SideMatch.Mismatch;
        if (seen.Length <= Identifier.Length)
            return SideMatch.Partial;
        return seen[Identifier.Length] is > 0 and <= HighestVersion ? SideMatch.EitherSide : SideMatch.Mismatch;
    }

    /// <summary>Terminal type, then a number of one to three bytes, its length in the top bits of the byte before:
    /// nothing else fits in the packet.</summary>
    private static SideMatch WeighDetermination(TpktPacket packet)
    {
        const int NumberAt = 4;
        var message = packet.Payload;
        if (message.CommonPrefixLength(Determination) < Math.Min(message.Length, Determination.Length))
            return SideMatch.Mismatch;
        if (message.Length < NumberAt)
            return SideMatch.Partial;
        var length = (message[NumberAt - 1] >> 6) + 1;
        var isExact = length <= 3 && (message[NumberAt - 1] & 0x3F) == 0
            && packet.TotalLength == TpktPacket.HeaderLength + NumberAt + length;
        return isExact ? SideMatch.EitherSide : SideMatch.Mismatch;
    }
}
