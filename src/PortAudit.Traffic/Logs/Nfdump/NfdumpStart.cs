using System.Text.Json;
using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>What the first bytes of a file tell of it.</summary>
internal sealed record NfdumpStart : LogContent
{
    /// <summary>Fields of nfdump in a record of it, the type included.</summary>
    private const int LeastFields = 4;

    /// <inheritdoc />
    public override string Format => "nfdump records, JSON";

    /// <inheritdoc />
    public override bool HasFlows => true;

    /// <inheritdoc />
    public override bool IsRead => true;

    /// <summary>Recognises what nfdump prints: the first object is of type <c>FLOW</c> or <c>EVENT</c> and has fields
    /// of nfdump, or an array has no record. Null for anything else.</summary>
    /// <param name="start">First bytes of the file.</param>
    public static NfdumpStart? TryRecognise(ReadOnlySpan<byte> start)
    {
        if (IsEmpty(start))
            return new NfdumpStart();
        if (start.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
            return null;
        var json = new Utf8JsonReader(start, isFinalBlock: false, default);
        try
        {
            return IsFirstRecord(ref json) ? new NfdumpStart() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON after all.
            return null;
        }
    }

    /// <summary>True for an array that holds nothing, or the text for it.</summary>
    private static bool IsEmpty(ReadOnlySpan<byte> start)
    {
        if (start.Length == LogFile.StartLength || start.Trim(" \t\r\n"u8) is not [(byte)'[', .. var inner, (byte)']'])
            return false;
        inner = inner.Trim(" \t\r\n"u8);
        return inner.IsEmpty || (NfdumpText.IsKnown(inner) && !inner.Contains((byte)'{'));
    }

    private static bool IsFirstRecord(ref Utf8JsonReader json)
    {
        var (isRecord, known, depth, last) = (false, 0, -1, NfdumpField.EgressAcl);
        while (json.Read() && !(json.TokenType == JsonTokenType.EndObject && json.CurrentDepth == depth))
        {
            if (json.TokenType == JsonTokenType.StartObject && depth < 0)
                depth = json.CurrentDepth;
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != depth + 1)
                continue;
            var field = NfdumpFields.Find(json.ValueSpan, last);
            (last, known) = (field ?? last, known + (field is null ? 0 : 1));
            if (field == NfdumpField.Type)
                isRecord = json.Read() && json.TokenType == JsonTokenType.String
                    && (json.ValueTextEquals("FLOW"u8) || json.ValueTextEquals("EVENT"u8));
        }

        return isRecord && known >= LeastFields;
    }
}
