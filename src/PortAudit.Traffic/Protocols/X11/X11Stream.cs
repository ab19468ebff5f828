using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.X11;

/// <summary>Messages of an X11 connection joined in the middle (X Window System Protocol, "Request Format", "Reply
/// Format", "Error Format", "Event Format").</summary>
internal static class X11Stream
{
    /// <summary>Consecutive server messages that prove X11: each has one of a few dozen kinds and a sequence number
    /// near the previous one.</summary>
    public const int ProvingMessages = 5;

    /// <summary>Length of an event, an error, and a short reply, in bytes.</summary>
    private const int MessageLength = 32;

    /// <summary>Requests checked so that a client's direction does not contradict.</summary>
    private const int MaximumRequests = 8;

    /// <summary>Largest sequence number step between two server messages.</summary>
    private const int MaximumStep = 512;

    private const int MaximumReply = 1 << 18;
    private const byte Error = 0;
    private const byte Reply = 1;
    private const byte KeymapNotify = 11;
    private const byte HighestEvent = 34;
    private const byte HighestError = 17;
    private const byte HighestRequest = 119;
    private const byte NoOperation = 127;

    /// <summary>Match of a direction with a server.</summary>
    public static SideMatch WeighServer(ReadOnlySpan<byte> bytes, bool isBig)
    {
        var count = 0;
        var steps = 0;
        var sequence = -1;
        while (bytes.Length >= MessageLength && count < ProvingMessages)
        {
            var length = LengthOf(bytes, isBig);
            if (length == 0)
                return SideMatch.Mismatch;
            if (bytes[0] != KeymapNotify)
            {
                var next = X11Setup.Read(bytes[2..], isBig);
                if (sequence >= 0 && (ushort)(next - sequence) > MaximumStep)
                    return SideMatch.Mismatch;
                steps += sequence >= 0 && next != sequence ? 1 : 0;
                sequence = next;
            }

            count++;
            if (length > bytes.Length)
                break;
            bytes = bytes[length..];
        }

        var isOpen = count < ProvingMessages && (bytes.Length < MessageLength || count > 0) && MayBegin(bytes);
        return count == ProvingMessages && steps > 0 ? SideMatch.Reply
            : isOpen ? SideMatch.Partial
            : SideMatch.Mismatch;
    }

    /// <summary>True when a direction may be a client's: consecutive requests with lengths in units of four
    /// bytes.</summary>
    public static bool MayBeClient(ReadOnlySpan<byte> bytes, bool isBig)
    {
        for (var i = 0; i < MaximumRequests && bytes.Length >= 4; i++)
        {
            var length = X11Setup.Read(bytes[2..], isBig) * 4;
            if (bytes[0] is 0 or (> HighestRequest and < NoOperation) || length == 0)
                return false;
            if (length >= bytes.Length)
                return true;
            bytes = bytes[length..];
        }

        return true;
    }

    private static bool MayBegin(ReadOnlySpan<byte> bytes) => bytes.IsEmpty || (bytes[0] & 0x7F) <= HighestEvent;

    /// <summary>Length of the first message; 0 for other bytes.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes, bool isBig)
    {
        if (bytes[0] == Error)
            return bytes[1] is >= 1 and <= HighestError ? MessageLength : 0;
        if (bytes[0] != Reply)
            return (bytes[0] & 0x7F) is > Reply and <= HighestEvent ? MessageLength : 0;
        var more = isBig
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes[4..])
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        return more <= MaximumReply / 4 ? MessageLength + (int)more * 4 : 0;
    }
}
