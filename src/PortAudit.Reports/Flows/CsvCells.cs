using System.Runtime.CompilerServices;
using System.Text;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>The values of a flow as fields of CSV (RFC 4180), each with a comma behind it; unknown values are empty.</summary>
internal ref struct CsvCells : IFlowCells
{
    /// <summary>Bytes of all fields that are no text at most. A text sees to it that so much room stays behind it, so that the others find room without looking for it.</summary>
    private const int Room = 1024;

    private readonly Utf8Row _row;
    private readonly CsvTexts _texts;
    private Span<byte> _room;

    /// <summary>Begins with the first field.</summary>
    /// <param name="row">Where to.</param>
    /// <param name="texts">Makes texts of values.</param>
    public CsvCells(Utf8Row row, CsvTexts texts)
    {
        (_row, _texts) = (row, texts);
        _room = row.GetSpan(Room);
    }

    /// <summary>Ends the record: a line end (RFC 4180 §2.1) takes the place of the last comma.</summary>
    public readonly void End() => _row.EndLine(_room);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddId(ulong id)
    {
        Digits.WriteHexadecimal(id, _room);
        EndField(Digits.HexadecimalLength);
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddToken(ReadOnlySpan<byte> ascii)
    {
        ascii.CopyTo(_room);
        EndField(ascii.Length);
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTime(long timestampNs, int captureDigits) => EndField(_texts.Times.Write(timestampNs, captureDigits, _room));

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAddress(IpAddress address) => EndField(_texts.Addresses.Write(address, _room));

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddVlan(VlanTags tags) => EndField(VlanText.Write(tags, _room));

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddNumber(long number) => EndField(Digits.WriteNumber(number, _room));

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddText(string? text) => _room = WriteText(text, _room, _row);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddUnknown() => EndField(0);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TTrait>(in FlowRow row)
        where TTrait : struct, IFlowTrait<TTrait>
    {
        var room = _room;
        var fields = TTrait.KeptIn(_texts).Find(row.Flow);
        if (fields.IsEmpty || fields.Length > room.Length - Room)
        {
            _room = Write<TTrait>(row, _texts, room, _row);
            return;
        }

        fields.CopyTo(room);
        _room = room[fields.Length..];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndField(int length)
    {
        // A copy: of the field the compiler cannot know that the comma leaves it as it is.
        var room = _room;
        room[length] = (byte)',';
        _room = room[(length + 1)..];
    }

    /// <summary>Writes the field of a text and returns the room behind it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<byte> WriteText(string? text, Span<byte> room, Utf8Row row)
    {
        var field = string.IsNullOrEmpty(text) ? "" : CsvLine.Field(text);
        var most = Encoding.UTF8.GetMaxByteCount(field.Length);
        if (most > room.Length - Room)
            room = Enlarge(row, room, most + Room);
        var length = Encoding.UTF8.GetBytes(field, room);
        room[length] = (byte)',';
        return room[(length + 1)..];
    }

    /// <summary>Writes the fields of a trait one by one, keeps them, and returns the room behind them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<byte> Write<TTrait>(scoped in FlowRow flow, CsvTexts texts, Span<byte> room, Utf8Row row)
        where TTrait : struct, IFlowTrait<TTrait>
    {
        row.AdvanceTo(room);
        var begin = row.Length;
        var cells = new CsvCells(row, texts);
        TTrait.Write(flow, ref cells);
        row.AdvanceTo(cells._room);
        TTrait.KeptIn(texts).Keep(flow.Flow, row.Written[begin..]);
        return cells._room;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<byte> Enlarge(Utf8Row row, Span<byte> room, int newRoom)
    {
        row.AdvanceTo(room);
        return row.GetSpan(newRoom);
    }
}
