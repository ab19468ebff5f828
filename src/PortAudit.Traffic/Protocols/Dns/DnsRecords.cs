using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Enumerates the records of a DNS message (RFC 1035 §4.1.3) in place, of all sections, up to the end or the
/// first invalid one.</summary>
internal ref struct DnsRecords
{
    /// <summary>Records read at most: more than an answer with all additional addresses.</summary>
    public const int Maximum = 256;

    /// <summary>Type CNAME: another name of the owner (§3.3.1).</summary>
    public const ushort Alias = 5;

    /// <summary>Type PTR: what the owner points to (§3.3.12).</summary>
    public const ushort Reverse = 12;

    private const ushort Ipv4Address = 1;
    private const ushort Ipv6Address = 28;
    private const ushort Internet = 1;

    /// <summary>The top bit of the class, with which multicast DNS replaces other records (RFC 6762 §10.2).</summary>
    private const ushort ClassMask = 0x7FFF;

    /// <summary>QR, opcode and response code: a successful response to a standard query (§4.1.1).</summary>
    private const ushort OutcomeMask = 0xF80F;
    private const ushort Success = 0x8000;

    private const int QuestionTail = 4;
    private const int RecordTail = 10;

    private readonly ReadOnlySpan<byte> _message;
    private readonly int _questions;
    private readonly int _answers;
    private readonly int _records;
    private ReadOnlySpan<byte> _rest;
    private int _walked;
    private bool _isLost;

    public DnsRecords(ReadOnlySpan<byte> message, in DnsMessage header)
    {
        _message = message;
        _rest = message[DnsMessage.HeaderLength..];
        _questions = header.QuestionCount;
        _answers = header.AnswerCount;
        _records = Math.Min(header.AnswerCount + header.AuthorityCount + header.AdditionalCount, Maximum);
    }

    /// <summary>The record's owner, and the rest of the message.</summary>
    public ReadOnlySpan<byte> Owner { get; private set; }

    /// <summary>Type of the record; 0 outside the Internet class.</summary>
    public ushort Type { get; private set; }

    /// <summary>The record's data, and the rest of the message.</summary>
    public ReadOnlySpan<byte> DataAndRest { get; private set; }

    /// <summary>Length of the record's data, in bytes.</summary>
    public int DataLength { get; private set; }

    /// <summary>True for a record of the answer section.</summary>
    public readonly bool IsAnswer => _walked <= _answers;

    /// <summary>True for a successful response.</summary>
    public static bool Answers(in DnsMessage message) => (message.Flags & OutcomeMask) == Success;

    /// <summary>Skips the questions and writes the first one's name as text. Returns its length; 0 without
    /// one.</summary>
    public int TakeQuestions(Span<byte> destination)
    {
        var length = _questions > 0 ? DnsText.Write(_message, _rest, destination) : 0;
        SkipQuestions();
        return length;
    }

    public void SkipQuestions()
    {
        for (var i = 0; i < Math.Min(_questions, DnsMessage.MaximumQuestions) && !_isLost; i++)
        {
            _isLost = DnsName.Skip(_message, ref _rest) != ParseError.None || _rest.Length < QuestionTail;
            _rest = _rest[Math.Min(_rest.Length, QuestionTail)..];
        }
    }

    public bool MoveNext()
    {
        if (_isLost || _walked++ >= _records)
            return false;
        Owner = _rest;
        _isLost = DnsName.Skip(_message, ref _rest) != ParseError.None || _rest.Length < RecordTail;
        if (_isLost)
            return false;
        var isInternet = (BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) & ClassMask) == Internet;
        Type = isInternet ? BinaryPrimitives.ReadUInt16BigEndian(_rest) : (ushort)0;
        DataLength = BinaryPrimitives.ReadUInt16BigEndian(_rest[8..]);
        DataAndRest = _rest[RecordTail..];
        _isLost = DataAndRest.Length < DataLength;
        if (_isLost)
            return false;
        _rest = DataAndRest[DataLength..];
        return true;
    }

    /// <summary>True for a record that holds an address.</summary>
    public readonly bool TryGetAddress(out IpAddress address)
    {
        address = default;
        if (Type == Ipv4Address && DataLength == 4)
            address = IpAddress.FromIpv4(DataAndRest[..4]);
        else if (Type == Ipv6Address && DataLength == 16)
            address = IpAddress.FromIpv6(DataAndRest[..16]);
        return address != default;
    }
}
