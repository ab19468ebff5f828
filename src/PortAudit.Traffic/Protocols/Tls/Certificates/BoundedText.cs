using System.Text;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>UTF-8 text that grows in a given space. What does not fit is left out whole, and so is everything after
/// it.</summary>
internal ref struct BoundedText
{
    private readonly Span<byte> _space;
    private int _length;
    private bool _isFull;

    /// <summary>Starts an empty text.</summary>
    public BoundedText(Span<byte> space) => _space = space;

    /// <summary>Length of the text, in bytes.</summary>
    public readonly int Length => _length;

    /// <summary>Adds bytes of UTF-8 that belong together.</summary>
    public void Append(scoped ReadOnlySpan<byte> bytes)
    {
        _isFull |= _space.Length - _length < bytes.Length;
        if (_isFull)
            return;
        bytes.CopyTo(_space[_length..]);
        _length += bytes.Length;
    }

    /// <summary>Adds one character.</summary>
    public void Append(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        Append(bytes[..rune.EncodeToUtf8(bytes)]);
    }

    /// <summary>Adds a number in decimal.</summary>
    public void Append(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        Append(digits[..written]);
    }

    /// <summary>Adds a byte as two hexadecimal digits.</summary>
    public void AppendHex(byte value)
    {
        var digits = "0123456789ABCDEF"u8;
        Append([digits[value >> 4], digits[value & 0xF]]);
    }
}
