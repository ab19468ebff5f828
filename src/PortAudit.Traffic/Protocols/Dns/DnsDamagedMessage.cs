using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>A DNS message over UDP with a few damaged bytes. Header and question (RFC 1035 §4.1.1, §4.1.2) have well
/// over a hundred fixed bits, so they are recognisable with some wrong, as a shape. Records are ignored.</summary>
internal static class DnsDamagedMessage
{
    /// <summary>Damaged bytes tolerated in header and question: the width of one fault, far fewer than the fixed
    /// bytes.</summary>
    public const int MaximumDamaged = 3;

    private const int QuestionTail = 4;
    private const byte Internet = 1;

    /// <summary>Bits a query may set in each flags byte: RD, and AD and CD (RFC 1035 §4.1.1, RFC 4035 §3.2.2,
    /// §4.6).</summary>
    private const int QueryHigh = 0x01;
    private const int QueryLow = 0x30;

    /// <summary>Bits of a response that are always 0: the operation (standard query) and Z.</summary>
    private const int OpcodeBits = 0x78;
    private const int ReservedBit = 0x40;
    private const int ResponseBit = 0x80;
    private const int ResponseCodeBits = 0x0F;

    /// <summary>Highest assigned response code in headers (RFC 2136 §2.2).</summary>
    private const int LastResponseCode = 10;

    /// <summary>IXFR adds an authority record to a query (RFC 1995 §3); EDNS, TSIG and SIG(0) add additional
    /// ones.</summary>
    private const int MostAuthoritiesOfQuery = 1;
    private const int MostAdditionsOfQuery = 4;

    /// <summary>Examines a datagram that is no valid message.</summary>
    public static RecogniserAnswer Weigh(in SentDatagram datagram, ref Recognition recognition)
    {
        var payload = datagram.Payload;
        if (payload.Length <= DnsMessage.HeaderLength)
            return RecogniserAnswer.NoMatch;
        var question = payload[DnsMessage.HeaderLength..];
        var damagedInHeader = DamagedInHeader(payload);
        if (damagedInHeader > MaximumDamaged || NetBiosLetters.CountIn(question) >= NetBiosLetters.MinimumBeginning
            || !IsQuestion(question, damagedInHeader))
            return RecogniserAnswer.NoMatch;
        var isResponse = IsResponse(payload);
        recognition.Strength = MatchStrength.Shape;
        if (DamagedInFlags(payload) == 0)
            recognition.Client = isResponse ? datagram.Receiver : datagram.Sender;
        return RecogniserAnswer.Match;
    }

    private static bool IsQuestion(ReadOnlySpan<byte> bytes, int damagedInHeader)
    {
        var name = new DnsDamagedName(bytes);
        if (name.IsWhole && bytes.Length >= name.Length + QuestionTail
            && damagedInHeader + name.Damaged + DamagedInTail(bytes[name.Length..]) <= MaximumDamaged)
            return true;
        if (name.BeginsSoundly && damagedInHeader == 0)
            return true;
        return damagedInHeader < MaximumDamaged && HoldsTail(bytes);
    }

    /// <summary>True when, after a name broken by a damaged length, terminator, type and class of a question
    /// follow.</summary>
    private static bool HoldsTail(ReadOnlySpan<byte> bytes)
    {
        var last = Math.Min(bytes.Length - QuestionTail, DnsName.MaximumLength);
        for (var at = DnsDamagedName.MinimumLetters; at < last; at++)
        {
            if (bytes[at] == 0 && DamagedInTail(bytes[(at + 1)..]) == 0)
                return DnsDamagedName.IsMadeOfLabels(bytes[..at]);
        }

        return false;
    }

    private static int DamagedInTail(ReadOnlySpan<byte> tail)
    {
        var type = BinaryPrimitives.ReadUInt16BigEndian(tail);
        var damaged = DnsTypes.IsUsual(type) ? 0 : tail[0] == 0 || DnsTypes.IsUsual(tail[1]) ? 1 : 2;
        return damaged + CountIf(tail[2] != 0) + CountIf(tail[3] != Internet);
    }

    private static int DamagedInHeader(ReadOnlySpan<byte> header)
    {
        var (most, authorities, additions) = IsResponse(header)
            ? (DnsMessage.MaximumRecords, DnsMessage.MaximumRecords, DnsMessage.MaximumRecords)
            : (0, MostAuthoritiesOfQuery, MostAdditionsOfQuery);
        return DamagedInFlags(header) + CountIf(header[4] != 0) + CountIf(header[5] != 1)
            + DamagedInCount(header[6..], most) + DamagedInCount(header[8..], authorities)
            + DamagedInCount(header[10..], additions);
    }

    private static int DamagedInFlags(ReadOnlySpan<byte> header)
    {
        var (high, low) = (header[2], header[3]);
        if (IsResponse(header))
            return CountIf((high & OpcodeBits) != 0)
                + CountIf((low & ReservedBit) != 0 || (low & ResponseCodeBits) > LastResponseCode);
        return CountIf((high & ~QueryHigh) != 0) + CountIf((low & ~QueryLow) != 0);
    }

    private static int DamagedInCount(ReadOnlySpan<byte> count, int most) =>
        CountIf(count[0] != 0) + CountIf(count[1] > most);

    private static bool IsResponse(ReadOnlySpan<byte> header) => (header[2] & ResponseBit) != 0;

    private static int CountIf(bool isDamaged) => isDamaged ? 1 : 0;
}
