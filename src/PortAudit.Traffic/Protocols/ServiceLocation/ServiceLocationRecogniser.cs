using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.ServiceLocation;

/// <summary>Recognises SLP, used by printers, hypervisors and file servers: versions 2 (RFC 2608 §8) and 1 (RFC 2165
/// §4), by a header with matching length and a language tag. The requester is the client; advertisements may be
/// unsolicited.</summary>
internal sealed class ServiceLocationRecogniser : IRecogniser
{
    private const byte SecondVersion = 2;
    private const byte FirstVersion = 1;
    private const byte LastFunctionOfSecond = 11;
    private const byte LastFunctionOfFirst = 10;

    /// <summary>Version, function, length, flags, offset of extensions, transaction, and length of the language
    /// tag.</summary>
    private const int HeaderOfSecond = 14;
    private const ushort ReservedFlagsOfSecond = 0x1FFF;

    /// <summary>A language with optional country (RFC 2608 §8): at least "en".</summary>
    private const int ShortestTag = 2;
    private const int LongestTag = 17;

    /// <summary>Version, function, length, flags, dialect, language, encoding and transaction.</summary>
    private const int HeaderOfFirst = 12;
    private const byte ReservedFlagsOfFirst = 0x07;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is FirstVersion or SecondVersion;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isStream = conversation.Transport == IpProtocol.Tcp;
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, isStream, conversation.IsWhole),
            Weigh(conversation.FromResponder, isStream, conversation.IsWhole));
        return sides.Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, bool isStream, bool isWhole)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (bytes[0] is not (FirstVersion or SecondVersion))
            return SideMatch.Mismatch;
        var isSecond = bytes[0] == SecondVersion;
        if (bytes.Length < (isSecond ? HeaderOfSecond + LongestTag : HeaderOfFirst) && isStream
            && (bytes.Length == 1 || IsFunction(bytes, isSecond)))
            return SideMatch.Partial;
        if (!(isSecond ? IsSecond(bytes, out var length) : IsFirst(bytes, out length))
            || !Fits(length, bytes.Length, isStream, isWhole))
            return SideMatch.Mismatch;
        return bytes[1] switch
        {
            1 or 3 or 4 or 6 or 9 => SideMatch.Request,
            2 or 5 or 7 or 10 => SideMatch.Reply,
            _ => SideMatch.EitherSide,
        };
    }

    private static bool IsFunction(ReadOnlySpan<byte> bytes, bool isSecond) =>
        bytes[1] > 0 && bytes[1] <= (isSecond ? LastFunctionOfSecond : LastFunctionOfFirst);

    private static bool Fits(int length, int present, bool isStream, bool isWhole) =>
        isStream || !isWhole ? length >= HeaderOfFirst : length == present;

    private static bool IsSecond(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < HeaderOfSecond || !IsFunction(bytes, isSecond: true)
            || (BinaryPrimitives.ReadUInt16BigEndian(bytes[5..]) & ReservedFlagsOfSecond) != 0)
            return false;
        length = BinaryPrimitives.ReadInt32BigEndian(bytes[1..]) & 0xFF_FFFF;
        var tagLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[(HeaderOfSecond - sizeof(ushort))..]);
        return tagLength is >= ShortestTag and <= LongestTag && bytes.Length >= HeaderOfSecond + tagLength
            && length >= HeaderOfSecond + tagLength
            && IsLanguage(bytes.Slice(HeaderOfSecond, tagLength));
    }

    private static bool IsFirst(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < HeaderOfFirst || !IsFunction(bytes, isSecond: false)
            || (bytes[4] & ReservedFlagsOfFirst) != 0 || bytes[5] != 0)
            return false;
        length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return length >= HeaderOfFirst && IsLanguage(bytes.Slice(6, ShortestTag));
    }

    private static bool IsLanguage(ReadOnlySpan<byte> tag)
    {
        foreach (var letter in tag)
        {
            if (!char.IsAsciiLetter((char)letter) && letter != (byte)'-')
                return false;
        }

        return tag[0] != (byte)'-';
    }
}
