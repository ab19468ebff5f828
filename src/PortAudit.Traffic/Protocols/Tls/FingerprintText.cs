using System.Buffers.Binary;
using System.Buffers.Text;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The text that a fingerprint is the digest of: lists of numbers in ASCII, in a given space. A text that does
/// not fit is not whole, and half a text has no digest.</summary>
internal ref struct FingerprintText
{
    /// <summary>Space that is enough for every client there is: 200 suites and 30 of everything else take less than
    /// half of it. In bytes.</summary>
    public const int MaximumLength = 4096;

    private readonly Span<byte> _space;
    private int _length;
    private bool _isListStarted;

    /// <summary>Starts an empty text.</summary>
    public FingerprintText(Span<byte> space) => _space = space;

    /// <summary>True when something did not fit.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The text so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _space[.._length];

    /// <summary>Adds a separator, behind which a list begins.</summary>
    public void BeginList(byte separator)
    {
        Append(separator);
        _isListStarted = false;
    }

    /// <summary>Adds a number in decimal to the present list, behind a <c>-</c> unless it is the first.</summary>
    public void AddDecimal(ushort number)
    {
        Separate((byte)'-');
        IsCut |= !Utf8Formatter.TryFormat(number, _space[_length..], out var written);
        _length += written;
    }

    /// <summary>Adds big-endian numbers of two bytes in decimal, without those of RFC 8701; an odd byte at the end is
    /// left out.</summary>
    public void AddDecimals(scoped ReadOnlySpan<byte> numbers)
    {
        for (; numbers.Length >= sizeof(ushort); numbers = numbers[sizeof(ushort)..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(numbers);
            if (!TlsGrease.Is(number))
                AddDecimal(number);
        }
    }

    /// <summary>Adds numbers in four hexadecimal digits, with a <c>,</c> between them.</summary>
    public void AddHexadecimals(scoped ReadOnlySpan<ushort> numbers)
    {
        foreach (var number in numbers)
        {
            Separate((byte)',');
            for (var shift = 12; shift >= 0; shift -= 4)
                Append("0123456789abcdef"u8[(number >> shift) & 0xF]);
        }
    }

    private void Separate(byte separator)
    {
        if (_isListStarted)
            Append(separator);
        _isListStarted = true;
    }

    private void Append(byte character)
    {
        IsCut |= _length == _space.Length;
        if (!IsCut)
            _space[_length++] = character;
    }
}
