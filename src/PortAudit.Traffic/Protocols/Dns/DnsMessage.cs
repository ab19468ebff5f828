using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>A DNS message (RFC 1035 §4.1), viewed in place: its header, and validation of its sections.</summary>
internal readonly ref struct DnsMessage
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 12;

    /// <summary>Questions read at most. Usually one; multicast DNS sends a few dozen.</summary>
    public const int MaximumQuestions = 64;

    /// <summary>Records read at most: enough to validate any message.</summary>
    public const int MaximumRecords = 64;

    /// <summary>Records in a message of 65,535 bytes: each takes at least 11 (RFC 1035 §4.1.3).</summary>
    private const int MostRecords = (ushort.MaxValue - HeaderLength) / RecordMinimum;

    private const int RecordMinimum = 11;
    private const int QuestionTail = 4;
    private const int RecordTail = 10;
    private const int OpcodeQuery = 0;
    private const int OpcodeNotify = 4;
    private const int OpcodeUpdate = 5;

    /// <summary>The reserved bit (its two neighbours became AD and CD, RFC 2535 §6.1); LLMNR reserves four bits (RFC
    /// 4795 §2.1.1).</summary>
    private const int ReservedBit = 0x0040;
    private const int ReservedBitsLinkLocal = 0x00F0;

    /// <summary>Recursion desired (RFC 1035 §4.1.1), copied in responses.</summary>
    private const int RecursionDesired = 0x0100;

    /// <summary>Flags that a query may set: RD, AD and CD (RFC 4035 §3.2.2, §4.6).</summary>
    private const int QueryFlags = RecursionDesired | 0x0030;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly DnsDialect _dialect;

    /// <summary>Reads the header, whose fields are used repeatedly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DnsMessage(ReadOnlySpan<byte> bytes, DnsDialect dialect)
    {
        var header = bytes[..HeaderLength];
        _bytes = bytes;
        _dialect = dialect;
        Flags = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        QuestionCount = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        AnswerCount = BinaryPrimitives.ReadUInt16BigEndian(header[6..]);
        AuthorityCount = BinaryPrimitives.ReadUInt16BigEndian(header[8..]);
        AdditionalCount = BinaryPrimitives.ReadUInt16BigEndian(header[10..]);
    }

    /// <summary>True when <paramref name="bytes"/> hold a header with flags and counts consistent in
    /// <paramref name="dialect"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, DnsDialect dialect, out DnsMessage message,
        out ParseError error)
    {
        message = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        message = new DnsMessage(bytes, dialect);
        error = ParseError.None;
        if (message.HasPlausibleFlags && message.HasPlausibleCounts)
            return true;
        message = default;
        error = ParseError.BadValue;
        return false;
    }

    /// <summary>Identifier that pairs query and response.</summary>
    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Flags (RFC 1035 §4.1.1).</summary>
    public ushort Flags { get; }

    /// <summary>The QR bit.</summary>
    public bool IsResponse => (Flags & 0x8000) != 0;

    /// <summary>True for a standard query without response-only flags.</summary>
    public bool IsPlainQuery => (Flags & ~QueryFlags) == 0;

    /// <summary>True when this response answers <paramref name="query"/> by its header, and repeats its question (RFC
    /// 1035 §4.1.1, §7.3).</summary>
    public bool RepeatsQuestionOf(DnsMessage query) =>
        Id == query.Id && QuestionCount == 1 && Opcode == query.Opcode
        && ((Flags ^ query.Flags) & RecursionDesired) == 0;

    /// <summary>Number of questions; zones in an UPDATE (RFC 2136 §2.2).</summary>
    public ushort QuestionCount { get; }

    /// <summary>Number of records in the answer section.</summary>
    public ushort AnswerCount { get; }

    /// <summary>Number of records in the authority section.</summary>
    public ushort AuthorityCount { get; }

    /// <summary>Number of records in the additional section.</summary>
    public ushort AdditionalCount { get; }

    private int Opcode => (Flags >> 11) & 0xF;

    private int ResponseCode => Flags & 0xF;

    private int RecordCount => AnswerCount + AuthorityCount + AdditionalCount;

    private bool HasPlausibleFlags
    {
        get
        {
            var reserved = _dialect == DnsDialect.LinkLocal ? ReservedBitsLinkLocal : ReservedBit;
            if ((Flags & reserved) != 0 || (!IsResponse && ResponseCode != 0))
                return false;
            return Opcode == OpcodeQuery || (_dialect == DnsDialect.Unicast && Opcode is OpcodeNotify or OpcodeUpdate);
        }
    }

    private bool HasPlausibleCounts
    {
        get
        {
            if (RecordCount > MostRecords)
                return false;
            if (_dialect == DnsDialect.Multicast)
                return QuestionCount <= MaximumQuestions && (IsResponse ? RecordCount > 0 : QuestionCount > 0);
            if (IsResponse)
                return QuestionCount == 1 || (QuestionCount == 0 && RecordCount > 0);

            // A query asks one question; IXFR adds one authority record (RFC 1995 §3), EDNS, TSIG and SIG(0) additional
            // ones.
            var isPlainQuery = Opcode == OpcodeQuery;
            return QuestionCount == 1
                && (!isPlainQuery || (AnswerCount == 0 && AuthorityCount <= 1 && AdditionalCount <= 4));
        }
    }

    /// <summary>Reads questions and records. <see cref="ParseError.None"/> when the bytes are valid and, if
    /// <paramref name="isWhole"/>, filled exactly. <see cref="ParseError.Incomplete"/> when even the first question is
    /// cut. An encoded NetBIOS name belongs to that service, whatever its type.</summary>
    /// <param name="isWhole">False when the capture cut the message.</param>
    /// <param name="questionType">Type of the first question; 0 when missing or cut.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ParseError CheckSections(bool isWhole, out ushort questionType)
    {
        questionType = 0;
        var rest = _bytes[HeaderLength..];
        if (NetBiosLetters.FillLabelOf(rest))
            return ParseError.BadValue;
        var records = Math.Min(RecordCount, MaximumRecords);
        var (error, taken) = (ParseError.None, 0);
        for (; taken < QuestionCount && error == ParseError.None; taken++)
            error = SkipQuestion(ref rest, ref questionType);
        for (var i = 0; i < records && error == ParseError.None; i++, taken++)
            error = SkipRecord(ref rest);
        if (error == ParseError.Incomplete && taken > 1 && !isWhole)
            return ParseError.None;
        return error == ParseError.None && isWhole && records == RecordCount && !rest.IsEmpty
            ? ParseError.BadLength
            : error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ParseError SkipQuestion(ref ReadOnlySpan<byte> rest, ref ushort firstType)
    {
        var name = rest;
        if (DnsName.Skip(_bytes, ref rest) is var error && error != ParseError.None)
            return error;
        if (rest.Length < QuestionTail)
            return ParseError.Incomplete;
        var (type, @class) =
            (BinaryPrimitives.ReadUInt16BigEndian(rest), BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
        if (firstType == 0)
            firstType = type;
        rest = rest[QuestionTail..];
        return IsPlausible(type, @class, name) ? ParseError.None : ParseError.BadValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ParseError SkipRecord(ref ReadOnlySpan<byte> rest)
    {
        var name = rest;
        if (DnsName.Skip(_bytes, ref rest) is var error && error != ParseError.None)
            return error;
        if (rest.Length < RecordTail)
            return ParseError.Incomplete;
        if (!IsPlausible(BinaryPrimitives.ReadUInt16BigEndian(rest), BinaryPrimitives.ReadUInt16BigEndian(rest[2..]),
            name))
            return ParseError.BadValue;
        var length = RecordTail + BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
        if (rest.Length < length)
            return ParseError.Incomplete;
        rest = rest[length..];
        return ParseError.None;
    }

    private bool IsPlausible(ushort type, ushort @class, ReadOnlySpan<byte> name) =>
        DnsTypes.IsPlausible(type) && !(DnsTypes.IsNetBios(type) && DnsName.IsNetBios(name))
        && IsPlausibleClass(type, @class);

    /// <summary>IN, CH, HS, NONE, ANY (RFC 1035 §3.2.4, RFC 2136 §1.3). OPT has a size instead (RFC 6891 §6.1.2);
    /// multicast DNS uses the top bit (RFC 6762 §5.4, §10.2).</summary>
    private bool IsPlausibleClass(ushort type, ushort value)
    {
        if (type == DnsTypes.Opt)
            return true;
        return (_dialect == DnsDialect.Multicast ? value & 0x7FFF : value) is 1 or 3 or 4 or 254 or 255;
    }
}
