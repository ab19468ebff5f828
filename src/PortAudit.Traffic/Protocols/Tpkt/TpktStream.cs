using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tpkt;

/// <summary>Reads TPKT packets from one direction of a connection (RFC 1006 §6).</summary>
internal static class TpktStream
{
    /// <summary>Longest packet, in bytes; signalling has some hundred.</summary>
    private const int MaximumLength = 16 * 1024;

    /// <summary>Reads the first packet; false while incomplete. The payload is empty for a skipped one. After a gap, if
    /// no packet begins here, <paramref name="length"/> skips the rest of the segment.</summary>
    public static bool TryTake(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload, out int length)
    {
        payload = [];
        length = 0;
        if (!TpktPacket.TryParse(bytes, out var packet, out var error))
        {
            length = error == ParseError.Incomplete ? 0 : bytes.Length;
            return length > 0;
        }

        if (packet.IsCut && packet.TotalLength <= MaximumLength)
            return false;
        length = packet.TotalLength;
        payload = packet.IsCut ? [] : packet.Payload;
        return true;
    }
}
