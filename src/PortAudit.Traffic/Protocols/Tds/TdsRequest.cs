using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>Client requests after login ([MS-TDS] 2.2.6.6, 2.2.6.7, 2.2.6.9): since TDS 7.2 after a list of
/// headers.</summary>
internal static class TdsRequest
{
    private const int AllHeadersMinimum = 4 + HeaderMinimum;
    private const int HeaderMinimum = 6;

    /// <summary>Notification, transaction, trace activity ([MS-TDS] 2.2.5.3.1).</summary>
    private const int LastHeaderType = 3;

    /// <summary>Longest list: a query notification names a service and a message in a few hundred characters.</summary>
    private const int AllHeadersMaximum = 4096;

    /// <summary>Marks a procedure called by number ([MS-TDS] 2.2.6.6).</summary>
    private const ushort ByNumber = 0xFFFF;
    private const int LastProcedure = 15;
    private const int MaximumNameLength = 1046;

    /// <summary>Characters examined: text is recognisable from its start.</summary>
    private const int EnoughCharacters = 4;

    /// <summary>Checks for a batch: text, optionally after headers.</summary>
    public static ParseError CheckBatch(ReadOnlySpan<byte> payload, int length)
    {
        if (length < 2)
            return ParseError.BadLength;
        var skipped = SkipHeaders(ref payload, length);
        return skipped == ParseError.BadValue ? CheckText(payload, Math.Min(length / 2, EnoughCharacters)) : skipped;
    }

    /// <summary>Checks for a call: a procedure number or name, optionally after headers.</summary>
    public static ParseError CheckCall(ReadOnlySpan<byte> payload, int length)
    {
        if (length < 4)
            return ParseError.BadLength;
        var skipped = SkipHeaders(ref payload, length);
        if (skipped != ParseError.BadValue)
            return skipped;
        if (payload.Length < 4)
            return ParseError.Incomplete;
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        if (nameLength == ByNumber)
            return BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]) is > 0 and <= LastProcedure
                ? ParseError.None
                : ParseError.BadValue;
        return nameLength is > 0 and <= MaximumNameLength
            ? CheckText(payload[2..], Math.Min((int)nameLength, EnoughCharacters))
            : ParseError.BadLength;
    }

    /// <summary>Checks for a transaction request, which always has headers.</summary>
    public static ParseError CheckHeaders(ReadOnlySpan<byte> payload, int length) => SkipHeaders(ref payload, length);

    /// <summary><see cref="ParseError.BadValue"/> without headers.</summary>
    private static ParseError SkipHeaders(ref ReadOnlySpan<byte> payload, int length)
    {
        if (payload.Length < AllHeadersMinimum)
            return payload.Length < length && length >= AllHeadersMinimum ? ParseError.Incomplete : ParseError.BadValue;
        var total = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        var first = BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]);
        var type = BinaryPrimitives.ReadUInt16LittleEndian(payload[8..]);
        var isSound = total is >= AllHeadersMinimum and <= AllHeadersMaximum && total <= length
            && first is >= HeaderMinimum && first + 4 <= total && type is > 0 and <= LastHeaderType;
        return isSound ? ParseError.None : ParseError.BadValue;
    }

    /// <summary>Checks for UTF-16 characters of a Latin script, including blanks.</summary>
    private static ParseError CheckText(ReadOnlySpan<byte> text, int characters)
    {
        for (var i = 0; i < characters; i++)
        {
            if (text.Length < 2)
                return ParseError.Incomplete;
            if (text[1] != 0 || text[0] is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or >= 0x20 and <= 0x7E))
                return ParseError.BadValue;
            text = text[2..];
        }

        return ParseError.None;
    }
}
