using System.Text;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>UTF-8 text in a fixed buffer. A part that does not fit is omitted entirely, as is everything after
/// it.</summary>
internal ref struct BoundedText
{
    private readonly Span<byte> _space;
    private int _length;
    private bool _isFull;

    public BoundedText(Span<byte> space) => _space = space;

    public readonly int Length => _length;

    /// <summary>Adds inseparable bytes of UTF-8.</summary>
    public void Append(scoped ReadOnlySpan<byte> bytes)
    {
        _isFull |= _space.Length - _length < bytes.Length;
        if (_isFull)
            return;
        bytes.CopyTo(_space[_length..]);
        _length += bytes.Length;
    }

    public void Append(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        Append(bytes[..rune.EncodeToUtf8(bytes)]);
    }

    public void Append(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        Append(digits[..written]);
    }

    public void AppendHex(byte value)
    {
        var digits = "0123456789ABCDEF"u8;
        Append([digits[value >> 4], digits[value & 0xF]]);
    }
}
