using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tpkt;

/// <summary>Takes the packets of a connection's direction one by one (RFC 1006 §6).</summary>
internal static class TpktStream
{
    /// <summary>Longest packet that is waited for, in bytes; signalling has some hundred.</summary>
    private const int MaximumLength = 16 * 1024;

    /// <summary>Takes the first packet; false while it is not there whole.</summary>
    /// <param name="bytes">What is there.</param>
    /// <param name="payload">What the packet carries; empty for one that is passed over.</param>
    /// <param name="length">Bytes that are done with. Behind a hole, where no packet begins, the rest of the segment
    /// is.</param>
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
