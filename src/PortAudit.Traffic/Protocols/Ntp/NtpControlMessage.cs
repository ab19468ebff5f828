using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>An NTP management message, viewed in place: mode 6, control (RFC 9327 §2), or mode 7, private to the
/// reference implementation, whose requests 42 and 20 list its clients (monlist).</summary>
internal readonly ref struct NtpControlMessage
{
    /// <summary>Length of a control message's header, in bytes.</summary>
    public const int ControlHeaderLength = 12;

    /// <summary>Length of a private message's header, in bytes.</summary>
    public const int PrivateHeaderLength = 8;

    /// <summary>Version 2 introduced control messages (RFC 1119), and the reference implementation's private
    /// ones.</summary>
    private const int OldestVersion = 2;
    private const int NewestVersion = 4;

    /// <summary>Operations 0 to 12 are defined; 31 unsets a trap (RFC 9327 §2).</summary>
    private const int LastOperation = 12;
    private const int UnsetTrap = 31;

    private const int ReadStatus = 1;

    /// <summary>Number and status of an association.</summary>
    private const int AssociationLength = 4;

    /// <summary>Mode 7 implementations: universal, and two generations of the reference one.</summary>
    private const int LastImplementation = 3;

    /// <summary>Key id and digest: MD5, SHA-1 (RFC 9327 §2 refers to RFC 5905 §7.3).</summary>
    private const int ShortAuthenticator = 20;
    private const int LongAuthenticator = 24;

    private readonly ReadOnlySpan<byte> _bytes;

    private NtpControlMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a mode 6 or 7 header consistent with the datagram's
    /// length.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NtpControlMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0
            && ((bytes[0] & 7) < (int)NtpMode.Control || ((bytes[0] >> 3) & 7) is < OldestVersion or > NewestVersion))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < PrivateHeaderLength
            || (new NtpControlMessage(bytes).IsControl && bytes.Length < ControlHeaderLength))
            return false;
        var candidate = new NtpControlMessage(bytes);
        error = ParseError.BadValue;
        if (!(candidate.IsControl ? candidate.IsSoundControl : candidate.IsSoundPrivate))
            return false;
        message = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>True for mode 6, false for mode 7.</summary>
    public bool IsControl => (_bytes[0] & 7) == (int)NtpMode.Control;

    /// <summary>True for messages from servers.</summary>
    public bool IsResponse => IsControl ? (_bytes[1] & 0x80) != 0 : (_bytes[0] & 0x80) != 0;

    /// <summary>Bytes that pair request and response: operation and sequence, or implementation and request
    /// code.</summary>
    public int Exchange => IsControl
        ? ((_bytes[1] & 0x1F) << 16) | BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..])
        : 0x100_0000 | (_bytes[2] << 8) | _bytes[3];

    /// <summary>True for a response with as much data as stated.</summary>
    public bool HasData => IsResponse && (IsControl ? Count : Items * ItemLength) > 0;

    private int Count => BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]);

    private int Items => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]) & 0xFFF;

    private int ItemLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]) & 0xFFF;

    /// <summary>Checks the data, padded to words, an optional authenticator, and that a request has no
    /// status.</summary>
    private bool IsSoundControl
    {
        get
        {
            var operation = _bytes[1] & 0x1F;
            var count = Count;
            var rest = _bytes.Length - ControlHeaderLength - count;
            var padding = -count & (NtpMessage.WordLength - 1);
            var isFull = rest == 0 || rest - padding is 0 or ShortAuthenticator or LongAuthenticator;
            var isPlain = (_bytes[0] & 0xC0) == 0 && operation is >= 1 and <= LastOperation or UnsetTrap && isFull;
            return isPlain && HasFittingData(count) && (IsResponse || (BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..])
                == 0 && BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]) == 0));
        }
    }

    /// <summary>Data is text, or pairs of numbers in a list of associations (RFC 9327 §4).</summary>
    private bool HasFittingData(int count)
    {
        if (IsResponse && (_bytes[1] & 0x1F) == ReadStatus)
            return count % AssociationLength == 0;
        return !_bytes.Slice(ControlHeaderLength, count).ContainsAnyExcept(Ascii.TextCharacters);
    }

    /// <summary>A response has the items stated; a request has none, or padding.</summary>
    private bool IsSoundPrivate
    {
        get
        {
            if (_bytes[2] is 1 or > LastImplementation || (_bytes[6] & 0xF0) != 0)
                return false;
            var length = PrivateHeaderLength + Items * ItemLength;
            if (IsResponse)
                return length == _bytes.Length;
            return Items == 0 && ItemLength == 0 && (_bytes[0] & 0x40) == 0
                && !_bytes[PrivateHeaderLength..].ContainsAnyExcept((byte)0);
        }
    }
}
