using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Rows;

/// <summary>A row of output under construction, as UTF-8. Reused for all rows of a list, to avoid a string per cell.
/// Written directly into <see cref="RowArena"/>, or into its own memory.</summary>
internal sealed class Utf8Row : IBufferWriter<byte>
{
#if DEBUG
    private const int InitialBytes = 16;
#else
    private const int InitialBytes = 4096;
#endif

    private readonly TimeTexts _times = new();
    private readonly AddressTexts _addresses = new();
    private byte[] _bytes = new byte[InitialBytes];
    private int _begin;
    private int _end;

    public int Length => _end - _begin;

    /// <summary>The row so far; valid until it is added to.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(_begin, Length);

    /// <summary>Begins another row in the memory of the one before.</summary>
    public void Clear() => _end = _begin;

    /// <summary>Begins another row in somebody's memory. It goes elsewhere when it finds no more room there.</summary>
    public void Begin(byte[] bytes, int begin) => (_bytes, _begin, _end) = (bytes, begin, begin);

    public bool IsIn(byte[] bytes) => ReferenceEquals(_bytes, bytes);

    /// <summary>Takes back what was added behind a length.</summary>
    public void CutTo(int length) => _end = Math.Min(_begin + length, _end);

    public void Append(byte value)
    {
        Grow(1);
        _bytes[_end++] = value;
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        _end += utf8.Length;
    }

    public void Append(string text) =>
        Advance(Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));

    public void Append(byte value, int times)
    {
        GetSpan(Math.Max(0, times))[..Math.Max(0, times)].Fill(value);
        _end += Math.Max(0, times);
    }

    public void AppendNumber(long number) => Advance(Digits.WriteNumber(number, GetSpan(Digits.NumberRoom)));

    /// <summary>Adds a number of at least 0 with thousands separated by commas, as <see cref="Quantity.Count"/>
    /// does.</summary>
    public void AppendCount(long number)
    {
        Span<byte> digits = stackalloc byte[Digits.NumberRoom];
        Utf8Formatter.TryFormat(number, digits, out var count);
        for (var index = 0; index < count; index++)
        {
            if (index > 0 && (count - index) % Digits.GroupDigits == 0)
                Append((byte)',');
            Append(digits[index]);
        }
    }

    public void AppendHexadecimal(ulong number)
    {
        Digits.WriteHexadecimal(number, GetSpan(Digits.HexadecimalLength));
        _end += Digits.HexadecimalLength;
    }

    public void AppendTime(long timestampNs, int captureDigits) =>
        Advance(_times.Write(timestampNs, captureDigits, GetSpan(TimeTexts.Room)));

    public void AppendAddress(IpAddress address) => Advance(_addresses.Write(address, GetSpan(AddressTexts.Room)));

    public void AppendVlan(VlanTags tags) => Advance(VlanText.Write(tags, GetSpan(VlanText.Room)));

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(1, sizeHint));
        return _bytes.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(_end);
    }

    private void Grow(int room)
    {
        if (_bytes.Length - _end < room)
            Enlarge(room);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Enlarge(int room)
    {
        var bytes = new byte[Math.Max(Length * 2, Length + room)];
        Written.CopyTo(bytes);
        (_bytes, _begin, _end) = (bytes, 0, Length);
    }
}
