using System.Buffers.Binary;
using System.Buffers.Text;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Input text of a fingerprint digest: lists of numbers in ASCII, in a fixed buffer. A text that does not fit
/// is cut and has no digest.</summary>
internal ref struct FingerprintText
{
    /// <summary>Buffer size in bytes: 200 suites and 30 of everything else take less than half.</summary>
    public const int MaximumLength = 4096;

    private readonly Span<byte> _space;
    private int _length;
    private bool _isListStarted;

    public FingerprintText(Span<byte> space) => _space = space;

    public bool IsCut { get; private set; }

    /// <summary>The text so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _space[.._length];

    /// <summary>Adds a separator, beginning a list.</summary>
    public void BeginList(byte separator)
    {
        Append(separator);
        _isListStarted = false;
    }

    /// <summary>Adds a decimal number to the current list, after <c>-</c> unless it is the first.</summary>
    public void AddDecimal(ushort number)
    {
        Separate((byte)'-');
        IsCut |= !Utf8Formatter.TryFormat(number, _space[_length..], out var written);
        _length += written;
    }

    /// <summary>Adds big-endian two-byte numbers in decimal, without GREASE; ignores an odd byte at the end.</summary>
    public void AddDecimals(scoped ReadOnlySpan<byte> numbers)
    {
        for (; numbers.Length >= sizeof(ushort); numbers = numbers[sizeof(ushort)..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(numbers);
            if (!TlsGrease.Is(number))
                AddDecimal(number);
        }
    }

    /// <summary>Adds numbers as four hexadecimal digits, separated by <c>,</c>.</summary>
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
