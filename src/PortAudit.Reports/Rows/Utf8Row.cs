using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Flows;
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
    private const int MaximumAddress = 65;
    private const int ThousandsGroup = 3;
    private const long SecondsPerDay = 86_400;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1_000;

    private const int HexadecimalDigits = 16;

    private readonly byte[] _date = new byte["2013-05-01T".Length];
    private byte[] _bytes = new byte[InitialBytes];
    private long _day = long.MinValue;

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
        // Nearly all text is ASCII, for which the encoder is slow.
        if (Ascii.FromUtf16(text, GetSpan(text.Length), out var written) != OperationStatus.Done)
            written = Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        Length += written;
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
        var digits = GetSpan(HexadecimalDigits)[..HexadecimalDigits];
        for (var index = HexadecimalDigits - 1; index >= 0; index--)
        {
            digits[index] = "0123456789abcdef"u8[(int)(number & 0xF)];
            number >>= 4;
        }

        Length += HexadecimalDigits;
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
        Append(_date);
        AppendDigits((uint)ofDay / 3_600, 2);
        Append((byte)':');
        AppendDigits((uint)ofDay / 60 % 60, 2);
        Append((byte)':');
        AppendDigits((uint)ofDay % 60, 2);
        Append((byte)'.');
        if (captureDigits <= ReportTime.MicrosecondDigits)
            AppendDigits((uint)(nanoseconds / NanosecondsPerMicrosecond), ReportTime.MicrosecondDigits);
        else
            AppendDigits((uint)nanoseconds, ReportTime.NanosecondDigits);
        Append((byte)'Z');
    }

    /// <summary>Adds an address as <see cref="IpAddress.ToString"/> writes it.</summary>
    public void AppendAddress(IpAddress address)
    {
        if (!address.IsIpv4)
        {
            Span<byte> network = stackalloc byte[16];
            new IPAddress(network[..address.CopyTo(network)]).TryFormat(GetSpan(MaximumAddress), out var written);
            Length += written;
            return;
        }

        var value = address.Ipv4Value;
        AppendNumber(value >> 24);
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            Append((byte)'.');
            AppendNumber((value >> shift) & byte.MaxValue);
        }
    }

    /// <summary>Adds the Community ID of a flow.</summary>
    public void AppendCommunityId(FlowRecord flow)
    {
        flow.WriteCommunityId(GetSpan(FlowRecord.CommunityIdLength));
        Length += FlowRecord.CommunityIdLength;
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

    private void AppendDigits(uint number, int count)
    {
        var digits = GetSpan(count)[..count];
        for (var index = count - 1; index >= 0; index--)
        {
            digits[index] = (byte)('0' + (number % 10));
            number /= 10;
        }

        Length += count;
    }

    private void KeepDate(long day)
    {
        var date = DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day));
        date.TryFormat(_date, out _, "yyyy-MM-dd'T'", CultureInfo.InvariantCulture);
        _day = day;
    }

    private void Grow(int room)
    {
        if (_bytes.Length - Length < room)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + room));
    }
}
