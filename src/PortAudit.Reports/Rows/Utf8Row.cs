using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Rows;

/// <summary>
/// A row of output under construction, as UTF-8. One is used for all rows of a list, one after the other, so that a row costs no
/// string for each of its cells.
/// </summary>
internal sealed class Utf8Row : IBufferWriter<byte>
{
#if DEBUG
    private const int InitialBytes = 16;
#else
    private const int InitialBytes = 4096;
#endif
    private const int MaximumDigits = 20;
    private const int MaximumIpv4 = 15;
    private const long SecondsPerDay = 86_400;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const uint NanosecondsPerMicrosecond = 1_000;
    private const int HexadecimalDigits = 16;

    private static readonly int MaximumTime = "2013-05-01T12:34:56.123456789Z".Length;

    private readonly byte[] _secondText = [.. "2013-05-01T12:34:56."u8];
    private byte[] _bytes = new byte[InitialBytes];
    private Ipv6Texts? _ipv6;
    private long _day = long.MinValue;
    private long _second = long.MinValue;

    /// <summary>Bytes of the row so far.</summary>
    public int Length { get; private set; }

    /// <summary>The row so far; valid until it is added to.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Begins another row.</summary>
    public void Clear() => Length = 0;

    /// <summary>Takes back what was added behind a length.</summary>
    public void CutTo(int length) => Length = Math.Min(length, Length);

    /// <summary>Adds a byte.</summary>
    public void Append(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        Length += utf8.Length;
    }

    /// <summary>Adds text.</summary>
    public void Append(string text) => Length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));

    /// <summary>Adds a byte a number of times.</summary>
    public void Append(byte value, int times)
    {
        GetSpan(Math.Max(0, times))[..Math.Max(0, times)].Fill(value);
        Length += Math.Max(0, times);
    }

    /// <summary>Adds a number in decimal digits.</summary>
    public void AppendNumber(long number)
    {
        var text = GetSpan(MaximumDigits);
        if ((ulong)number < Digits.Group)
        {
            Length += Digits.Write((uint)number, text);
        }
        else if ((ulong)number < Digits.Group * Digits.Group)
        {
            var (thousands, rest) = Math.DivRem((uint)number, Digits.Group);
            var length = Digits.Write(thousands, text);
            Digits.WritePadded(rest, text[length..]);
            Length += length + Digits.GroupDigits;
        }
        else
        {
            Utf8Formatter.TryFormat(number, text, out var written);
            Length += written;
        }
    }

    /// <summary>Adds a number of at least 0 with thousands parted by commas, as <see cref="Quantity.Count"/> does.</summary>
    public void AppendCount(long number)
    {
        Span<byte> digits = stackalloc byte[MaximumDigits];
        Utf8Formatter.TryFormat(number, digits, out var count);
        for (var index = 0; index < count; index++)
        {
            if (index > 0 && (count - index) % Digits.GroupDigits == 0)
                Append((byte)',');
            Append(digits[index]);
        }
    }

    /// <summary>Adds a number as 16 hexadecimal digits.</summary>
    public void AppendHexadecimal(ulong number)
    {
        var text = GetSpan(HexadecimalDigits);
        BinaryPrimitives.WriteUInt64BigEndian(text, Digits.Hexadecimal((uint)(number >> 32)));
        BinaryPrimitives.WriteUInt64BigEndian(text[(HexadecimalDigits / 2)..], Digits.Hexadecimal((uint)number));
        Length += HexadecimalDigits;
    }

    /// <summary>Adds a time as <see cref="ReportTime.Format"/> does. Neighbouring times are mostly of one second, so the text before its fraction is kept.</summary>
    public void AppendTime(long timestampNs, int captureDigits)
    {
        var second = Math.DivRem(timestampNs, NanosecondsPerSecond, out var nanoseconds);
        if (nanoseconds < 0)
        {
            nanoseconds += NanosecondsPerSecond;
            second--;
        }

        if (second != _second)
            KeepSecond(second);
        var text = GetSpan(MaximumTime + Digits.Room);
        _secondText.CopyTo(text);
        var length = _secondText.Length;
        var (microseconds, rest) = Math.DivRem((uint)nanoseconds, NanosecondsPerMicrosecond);
        var (milliseconds, ofMillisecond) = Math.DivRem(microseconds, Digits.Group);
        Digits.WritePadded(milliseconds, text[length..]);
        Digits.WritePadded(ofMillisecond, text[(length + Digits.GroupDigits)..]);
        length += ReportTime.MicrosecondDigits;
        if (captureDigits > ReportTime.MicrosecondDigits)
        {
            Digits.WritePadded(rest, text[length..]);
            length += ReportTime.NanosecondDigits - ReportTime.MicrosecondDigits;
        }

        text[length] = (byte)'Z';
        Length += length + 1;
    }

    /// <summary>Adds an address as <see cref="IpAddress.ToString"/> writes it.</summary>
    public void AppendAddress(IpAddress address)
    {
        if (!address.IsIpv4)
        {
            Append((_ipv6 ??= new Ipv6Texts()).Of(address));
            return;
        }

        var text = GetSpan(MaximumIpv4 + Digits.Room);
        var value = address.Ipv4Value;
        var length = Digits.Write(value >> 24, text);
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            text[length++] = (byte)'.';
            length += Digits.Write((value >> shift) & byte.MaxValue, text[length..]);
        }

        Length += length;
    }

    /// <summary>Adds VLAN identifiers as <see cref="VlanTags.ToString"/> writes them.</summary>
    public void AppendVlan(VlanTags tags)
    {
        if (tags.Outer == 0)
            return;
        AppendNumber(tags.Outer - 1);
        if (tags.Inner == 0)
            return;
        Append((byte)'.');
        AppendNumber(tags.Inner - 1);
    }

    /// <inheritdoc />
    public void Advance(int count) => Length += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void KeepSecond(long second)
    {
        var day = Math.DivRem(second, SecondsPerDay, out var ofDay);
        if (ofDay < 0)
        {
            ofDay += SecondsPerDay;
            day--;
        }

        if (day != _day)
            DateTime.UnixEpoch.AddDays(day).TryFormat(_secondText, out _, "yyyy-MM-dd'T'", CultureInfo.InvariantCulture);
        var (minutes, ofMinute) = Math.DivRem((uint)ofDay, 60);
        var (hour, minute) = Math.DivRem(minutes, 60);
        Digits.WritePair(hour, _secondText.AsSpan(11));
        Digits.WritePair(minute, _secondText.AsSpan(14));
        Digits.WritePair(ofMinute, _secondText.AsSpan(17));
        (_day, _second) = (day, second);
    }

    private void Grow(int room)
    {
        if (_bytes.Length - Length < room)
            Enlarge(room);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Enlarge(int room) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + room));
}
