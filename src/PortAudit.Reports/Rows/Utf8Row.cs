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
    private const int MaximumAscii = 0x7F;
    private const int MaximumIpv4 = 15;
    private const int ThousandsGroup = 3;
    private const long SecondsPerDay = 86_400;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1_000;

    private const int HexadecimalDigits = 16;

    private static readonly int MaximumTime = "2013-05-01T12:34:56.123456789Z".Length;

    private readonly byte[] _date = new byte["2013-05-01T".Length];
    private byte[] _bytes = new byte[InitialBytes];
    private Ipv6Texts? _ipv6;
    private long _day = long.MinValue;

    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

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
    public void Append(string text)
    {
        // Nearly all text is a word or two of ASCII, for which the encoder is slow.
        var room = GetSpan(text.Length)[..text.Length];
        var all = 0;
        for (var index = 0; index < room.Length; index++)
        {
            all |= text[index];
            room[index] = (byte)text[index];
        }

        Length += all <= MaximumAscii ? text.Length : Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
    }

    /// <summary>Adds a byte a number of times.</summary>
    public void Append(byte value, int times)
    {
        GetSpan(Math.Max(0, times))[..Math.Max(0, times)].Fill(value);
        Length += Math.Max(0, times);
    }

    /// <summary>Adds a number in decimal digits.</summary>
    public void AppendNumber(long number)
    {
        if ((ulong)number < 1_000)
        {
            Length += WriteSmall((uint)number, GetSpan(3));
            return;
        }

        Utf8Formatter.TryFormat(number, GetSpan(MaximumDigits), out var written);
        Length += written;
    }

    /// <summary>Adds a number of at least 0 with thousands parted by commas, as <see cref="Quantity.Count"/> does.</summary>
    public void AppendCount(long number)
    {
        Span<byte> digits = stackalloc byte[MaximumDigits];
        Utf8Formatter.TryFormat(number, digits, out var count);
        for (var index = 0; index < count; index++)
        {
            if (index > 0 && (count - index) % ThousandsGroup == 0)
                Append((byte)',');
            Append(digits[index]);
        }
    }

    /// <summary>Adds a number as 16 hexadecimal digits.</summary>
    public void AppendHexadecimal(ulong number)
    {
        Span<byte> network = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(network, number);
        Convert.TryToHexStringLower(network, GetSpan(HexadecimalDigits), out var written);
        Length += written;
    }

    /// <summary>Adds a time as <see cref="ReportTime.Format"/> does. Neighbouring rows are mostly of one day, so its date is kept.</summary>
    public void AppendTime(long timestampNs, int captureDigits)
    {
        var seconds = Math.DivRem(timestampNs, NanosecondsPerSecond, out var nanoseconds);
        if (nanoseconds < 0)
        {
            nanoseconds += NanosecondsPerSecond;
            seconds--;
        }

        var day = Math.DivRem(seconds, SecondsPerDay, out var ofDay);
        if (ofDay < 0)
        {
            ofDay += SecondsPerDay;
            day--;
        }

        if (day != _day)
            KeepDate(day);
        var text = GetSpan(MaximumTime)[..MaximumTime];
        _date.CopyTo(text);
        var (minutes, second) = Math.DivRem((uint)ofDay, 60);
        var (hour, minute) = Math.DivRem(minutes, 60);
        WritePair(hour, text[11..]);
        text[13] = (byte)':';
        WritePair(minute, text[14..]);
        text[16] = (byte)':';
        WritePair(second, text[17..]);
        text[19] = (byte)'.';
        var digits = captureDigits <= ReportTime.MicrosecondDigits ? ReportTime.MicrosecondDigits : ReportTime.NanosecondDigits;
        WriteDigits((uint)(digits == ReportTime.MicrosecondDigits ? nanoseconds / NanosecondsPerMicrosecond : nanoseconds), text.Slice(20, digits));
        text[20 + digits] = (byte)'Z';
        Length += 20 + digits + 1;
    }

    /// <summary>Adds an address as <see cref="IpAddress.ToString"/> writes it.</summary>
    public void AppendAddress(IpAddress address)
    {
        if (!address.IsIpv4)
        {
            Append((_ipv6 ??= new Ipv6Texts()).Of(address));
            return;
        }

        var text = GetSpan(MaximumIpv4)[..MaximumIpv4];
        var value = address.Ipv4Value;
        var length = WriteSmall(value >> 24, text);
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            text[length++] = (byte)'.';
            length += WriteSmall((value >> shift) & byte.MaxValue, text[length..]);
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

    /// <summary>Writes a number below 1,000 and returns the count of its digits.</summary>
    /// <param name="number">The number.</param>
    /// <param name="digits">Room for three digits, or for as many as the number has.</param>
    private static int WriteSmall(uint number, Span<byte> digits)
    {
        if (number >= 100)
        {
            var (hundreds, rest) = Math.DivRem(number, 100);
            digits[0] = (byte)('0' + hundreds);
            WritePair(rest, digits[1..]);
            return 3;
        }

        if (number >= 10)
        {
            WritePair(number, digits);
            return 2;
        }

        digits[0] = (byte)('0' + number);
        return 1;
    }

    /// <summary>Writes a number with leading zeros.</summary>
    private static void WriteDigits(uint number, Span<byte> digits)
    {
        var left = digits.Length;
        for (; left >= 2; left -= 2)
        {
            (number, var pair) = Math.DivRem(number, 100);
            WritePair(pair, digits[(left - 2)..]);
        }

        if (left == 1)
            digits[0] = (byte)('0' + number);
    }

    private static void WritePair(uint number, Span<byte> digits) => Pairs.Slice((int)number * 2, 2).CopyTo(digits);

    private void KeepDate(long day)
    {
        var date = DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day));
        date.TryFormat(_date, out _, "yyyy-MM-dd'T'", CultureInfo.InvariantCulture);
        _day = day;
    }

    private void Grow(int room)
    {
        if (_bytes.Length - Length < room)
            Enlarge(room);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Enlarge(int room) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + room));
}
