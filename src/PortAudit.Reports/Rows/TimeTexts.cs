using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.Intrinsics;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Rows;

/// <summary>Writes times as <see cref="ReportTime.Format"/> does. Neighbouring times are mostly of one second, so the
/// text before its fraction is kept.</summary>
internal sealed class TimeTexts
{
    /// <summary>Bytes that a time is written to: those of the longest, <c>2013-05-01T12:34:56.123456789Z</c>, and what
    /// <see cref="Digits"/> writes behind it.</summary>
    public const int Room = SecondLength + ReportTime.NanosecondDigits + Digits.Room;

    private const int SecondLength = MinuteLength + sizeof(uint);
    private const long SecondsPerDay = 86_400;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const uint NanosecondsPerMicrosecond = 1_000;

    /// <summary>The minute, <c>2013-05-01T12:34</c>, is as long as a vector.</summary>
    private const int MinuteLength = 16;

    private readonly byte[] _text = [.. "2013-05-01T12:34:56."u8];
    private Vector128<byte> _minuteText;
    private uint _secondText;
    private long _day = long.MinValue;
    private long _second = long.MinValue;

    /// <summary>Writes a time and returns the length of its text.</summary>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch; any value.</param>
    /// <param name="captureDigits">Decimal digits of a second that the capture resolves.</param>
    /// <param name="text">At least <see cref="Room"/> bytes.</param>
    public int Write(long timestampNs, int captureDigits, Span<byte> text)
    {
        var second = Math.DivRem(timestampNs, NanosecondsPerSecond, out var nanoseconds);
        if (nanoseconds < 0)
        {
            nanoseconds += NanosecondsPerSecond;
            second--;
        }

        if (second != _second)
            KeepSecond(second);
        text = text[..Room];
        _minuteText.CopyTo(text);
        BinaryPrimitives.WriteUInt32LittleEndian(text[MinuteLength..], _secondText);
        var (microseconds, rest) = Math.DivRem((uint)nanoseconds, NanosecondsPerMicrosecond);
        var (milliseconds, ofMillisecond) = Math.DivRem(microseconds, Digits.Group);
        Digits.WritePadded(milliseconds, text[SecondLength..]);
        Digits.WritePadded(ofMillisecond, text[(SecondLength + Digits.GroupDigits)..]);
        var length = SecondLength + ReportTime.MicrosecondDigits;
        if (captureDigits > ReportTime.MicrosecondDigits)
        {
            Digits.WritePadded(rest, text[length..]);
            length = SecondLength + ReportTime.NanosecondDigits;
        }

        text[length] = (byte)'Z';
        return length + 1;
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
            DateTime.UnixEpoch.AddDays(day).TryFormat(_text, out _, "yyyy-MM-dd'T'", CultureInfo.InvariantCulture);
        var (minutes, ofMinute) = Math.DivRem((uint)ofDay, 60);
        var (hour, minute) = Math.DivRem(minutes, 60);
        Digits.WritePair(hour, _text.AsSpan(11));
        Digits.WritePair(minute, _text.AsSpan(14));
        Digits.WritePair(ofMinute, _text.AsSpan(17));
        _minuteText = Vector128.Create(_text.AsSpan(0, MinuteLength));
        _secondText = BinaryPrimitives.ReadUInt32LittleEndian(_text.AsSpan(MinuteLength));
        (_day, _second) = (day, second);
    }
}
