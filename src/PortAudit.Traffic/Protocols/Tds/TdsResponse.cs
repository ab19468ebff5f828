using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>The first token of a response ([MS-TDS] 2.2.7).</summary>
internal static class TdsResponse
{
    private const byte ReturnStatus = 0x79;
    private const byte ColumnMetadata = 0x81;
    private const byte Error = 0xAA;
    private const byte Information = 0xAB;
    private const byte LoginAcknowledgement = 0xAD;
    private const byte EnvironmentChange = 0xE3;
    private const byte Sspi = 0xED;
    private const byte Done = 0xFD;
    private const byte DoneInProcedure = 0xFF;

    private const int ReturnStatusLength = 5;
    private const int NumberLength = 4;

    /// <summary>Length of a done token before TDS 7.2, and since ([MS-TDS] 2.2.7.6).</summary>
    private const int OldDoneLength = 9;
    private const int DoneLength = 13;

    /// <summary>Unused bits of a done token's status.</summary>
    private const int UnusedDoneStatus = 0xFE88;

    /// <summary>Columns of a result at most ([MS-TDS] 2.2.7.4 has 16 bits; a select list has 4,096).</summary>
    private const int MaximumColumns = 4096;
    private const int NoColumns = 0xFFFF;

    /// <summary>Highest severity.</summary>
    private const int LastSeverity = 25;

    /// <summary>Checks the <paramref name="seen"/> bytes of a payload for a response token.</summary>
    public static ParseError Check(ReadOnlySpan<byte> seen, int length)
    {
        if (seen.IsEmpty)
            return length > 0 ? ParseError.Incomplete : ParseError.BadLength;
        var token = seen[0];
        if (token is >= Done and <= DoneInProcedure)
            return CheckDone(seen, length);
        if (token is not (ReturnStatus or ColumnMetadata or Error or Information or LoginAcknowledgement
            or EnvironmentChange or Sspi))
            return ParseError.BadValue;
        if (seen.Length <= ReturnStatusLength + 3)
            return length > ReturnStatusLength + 3 ? ParseError.Incomplete : ParseError.BadLength;
        var size = BinaryPrimitives.ReadUInt16LittleEndian(seen[1..]);
        var isSound = token switch
        {
            ReturnStatus => seen[ReturnStatusLength] is >= Done and <= DoneInProcedure or 0xAC,
            ColumnMetadata => size is > 0 and <= MaximumColumns or NoColumns,
            Error or Information => size <= length && seen[3 + NumberLength + 1] <= LastSeverity,
            LoginAcknowledgement => size <= length && seen[3] <= 1 && seen[4] is >= 0x70 and <= 0x74 or 4 or 5,
            EnvironmentChange => size + 3 <= length && seen[3] is > 0 and <= 20,
            _ => size + 3 <= length,
        };
        return isSound ? ParseError.None : ParseError.BadValue;
    }

    private static ParseError CheckDone(ReadOnlySpan<byte> seen, int length)
    {
        if (length < OldDoneLength)
            return ParseError.BadLength;
        if (seen.Length < OldDoneLength)
            return ParseError.Incomplete;
        var status = BinaryPrimitives.ReadUInt16LittleEndian(seen[1..]);
        if ((status & UnusedDoneStatus) != 0)
            return ParseError.BadValue;
        if (length is OldDoneLength or DoneLength)
            return ParseError.None;

        // Another token follows the longer or the shorter form.
        if (seen.Length <= DoneLength)
            return ParseError.Incomplete;
        return IsToken(seen[DoneLength]) || IsToken(seen[OldDoneLength]) ? ParseError.None : ParseError.BadValue;
    }

    private static bool IsToken(byte token) => token is >= Done and <= DoneInProcedure or ReturnStatus or ColumnMetadata
        or Error or Information or EnvironmentChange;
}
