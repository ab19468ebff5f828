using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>One row of a log: the values of the fields that are read, unescaped, whatever the form of the file. Valid
/// until the next row.</summary>
/// <param name="fields">Number of fields that are read.</param>
internal abstract class LogRow(int fields)
{
    /// <summary>Stands between the elements of a set or vector: no value may hold it.</summary>
    public const byte Between = 0;

    private const int FirstLength = 4096;
    private const int Unset = -1;
    private const int NanosecondDigits = 9;
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMillisecond = 1_000_000;

    /// <summary>Largest time in seconds that nanoseconds can count.</summary>
    private const long LastSecond = (long.MaxValue / NsPerSecond) - 1;

    /// <summary>A time without a fraction above this many seconds, in the year 5138, counts milliseconds
    /// (<c>JSON::TS_MILLIS</c>).</summary>
    private const long FirstMillisecond = 100_000_000_000;

    private readonly int[] _starts = new int[fields];
    private readonly int[] _lengths = new int[fields];
    private byte[] _bytes = new byte[FirstLength];
    private int _length;

    /// <summary>Forgets all values.</summary>
    public void Clear()
    {
        _length = 0;
        Array.Fill(_lengths, Unset);
    }

    protected bool Has(int field) => _lengths[field] >= 0;

    /// <summary>The value; empty when unset.</summary>
    protected ReadOnlySpan<byte> this[int field] =>
        Has(field) ? _bytes.AsSpan(_starts[field], _lengths[field]) : default;

    /// <summary>Begins a value and returns room for it.</summary>
    /// <param name="length">Bytes at most.</param>
    public Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _length < length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + length));
        return _bytes.AsSpan(_length, length);
    }

    /// <summary>Begins a value with a scalar of JSON and returns its length; null for an object, an array or null.
    /// </summary>
    public int? Write(ref Utf8JsonReader json)
    {
        var room = Reserve(json.ValueSpan.Length + 1);
        if (json.TokenType == JsonTokenType.String)
            return json.CopyString(room);
        if (json.TokenType is not (JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False))
            return null;
        json.ValueSpan.CopyTo(room);
        return json.ValueSpan.Length;
    }

    /// <summary>Keeps the value that was written to the room.</summary>
    protected void Keep(int field, int length)
    {
        (_starts[field], _lengths[field]) = (_length, length);
        _length += length;
    }

    /// <summary>True for the value kept last.</summary>
    protected bool IsLast(int field) => Has(field) && _starts[field] + _lengths[field] == _length;

    /// <summary>Adds an element to a value that is the last one kept, or begins it.</summary>
    protected void KeepElement(int field, int length)
    {
        if (!Has(field))
        {
            Keep(field, length);
            return;
        }

        Reserve(length + 1);
        _bytes.AsSpan(_length, length).CopyTo(_bytes.AsSpan(_length + 1));
        _bytes[_length] = Between;
        _length += length + 1;
        _lengths[field] = _length - _starts[field];
    }

    /// <summary>A whole number from 0; null when unset or no such number.</summary>
    protected long? Count(int field)
    {
        var text = this[field];
        return Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length && number >= 0
            ? number
            : null;
    }

    /// <summary>A port; null when unset or no port.</summary>
    protected ushort? Port(int field) => Count(field) is { } number and <= ushort.MaxValue ? (ushort)number : null;

    /// <summary>A boolean; null when unset.</summary>
    protected bool? Flag(int field) => this[field] switch
    {
        [(byte)'T'] or [(byte)'t', ..] => true,
        [(byte)'F'] or [(byte)'f', ..] => false,
        _ => null,
    };

    /// <summary>Text, escaped bytes and all; null when unset.</summary>
    protected string? Text(int field) => Has(field) ? Encoding.UTF8.GetString(this[field]) : null;

    /// <summary>The elements of a set or vector as text; empty when unset.</summary>
    protected string[] Texts(int field) =>
        this[field].IsEmpty ? [] : Encoding.UTF8.GetString(this[field]).Split((char)Between);

    /// <summary>A time in nanoseconds since the Unix epoch, from seconds, milliseconds, or RFC 3339; null when unset or
    /// none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="digits">Decimal digits of a second that it has, up to 9.</param>
    protected long? TimeNs(int field, out int digits)
    {
        var text = this[field];
        if (text.Contains((byte)'T'))
            return OfDate(text, out digits);
        if (Utf8Parser.TryParse(text, out long whole, out var length) && length == text.Length
            && whole is >= FirstMillisecond and < long.MaxValue / NsPerMillisecond)
        {
            digits = 3;
            return whole * NsPerMillisecond;
        }

        return OfSeconds(text, out digits);
    }

    /// <summary>A duration in nanoseconds, at least 0; null when unset.</summary>
    protected long? DurationNs(int field) => OfSeconds(this[field], out _) is { } ns ? Math.Max(0, ns) : null;

    private static long? OfSeconds(ReadOnlySpan<byte> text, out int digits)
    {
        digits = 0;
        if (text.ContainsAny((byte)'e', (byte)'E'))
            return OfExponent(text, out digits);
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var isNegative = whole.StartsWith("-"u8);
        if (!Utf8Parser.TryParse(whole, out long seconds, out var length) || length != whole.Length
            || seconds is > LastSecond or < -LastSecond)
            return null;
        var fraction = point < 0 ? default : text[(point + 1)..];
        digits = Math.Min(fraction.Length, NanosecondDigits);
        var ns = 0L;
        for (var index = 0; index < NanosecondDigits; index++)
        {
            var digit = index < fraction.Length ? fraction[index] - '0' : 0;
            if (digit is < 0 or > 9)
                return null;
            ns = (ns * 10) + digit;
        }

        return (seconds * NsPerSecond) + (isNegative ? -ns : ns);
    }

    private static long? OfExponent(ReadOnlySpan<byte> text, out int digits)
    {
        digits = NanosecondDigits;
        return Utf8Parser.TryParse(text, out double seconds, out var length) && length == text.Length
            && Math.Abs(seconds) < LastSecond ? (long)(seconds * NsPerSecond) : null;
    }

    private static long? OfDate(ReadOnlySpan<byte> text, out int digits)
    {
        digits = 0;
        Span<char> chars = stackalloc char[40];
        if (text.Length > chars.Length || Ascii.ToUtf16(text, chars, out var length) != OperationStatus.Done
            || !DateTimeOffset.TryParse(chars[..length], CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return null;
        var point = text.IndexOf((byte)'.');
        if (point >= 0)
        {
            var end = text[(point + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            digits = Math.Min(end < 0 ? text.Length - point - 1 : end, 7);
        }

        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return Math.Abs(ticks / TimeSpan.TicksPerSecond) <= LastSecond ? ticks * (NsPerSecond / TimeSpan.TicksPerSecond)
            : null;
    }
}
