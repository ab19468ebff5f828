using System.Text.Json;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>Reads an event: a JSON object a line.</summary>
internal sealed class EveJson
{
    private readonly byte[] _path = new byte[EveFields.MaximumPath];

    /// <summary>Reads an event. False when the line is no JSON object; what stood before the fault is kept.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, EveEvent row)
    {
        row.Clear();
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            ReadObject(ref json, 0, row);

            // The reader refuses what follows the object.
            return json.TokenType == JsonTokenType.EndObject && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string that is no UTF-8.
            return false;
        }
    }

    /// <summary>Reads the fields of an object up to its end. Only objects with fields that are read are entered, so no
    /// deeper than their paths.</summary>
    /// <param name="json">At the start of the object.</param>
    /// <param name="length">Length of the object's path in <see cref="_path"/>; 0 for the event itself.</param>
    /// <param name="row">Receives the values.</param>
    private void ReadObject(ref Utf8JsonReader json, int length, EveEvent row)
    {
        var path = _path.AsSpan();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            var begin = length == 0 ? 0 : length + 1;
            var end = begin + name.Length;
            var isKnown = false;
            EveField? field = null;
            if (end <= path.Length)
            {
                if (length > 0)
                    path[length] = (byte)'.';
                name.CopyTo(path[begin..]);
                isKnown = EveFields.TryFind(path[..end], out field);
            }

            json.Read();
            if (!isKnown)
                json.Skip();
            else if (field is { } wanted)
                ReadValue(ref json, wanted, row);
            else
                ReadSection(ref json, end, row);
        }
    }

    /// <summary>Reads an object, or an array of objects.</summary>
    private void ReadSection(ref Utf8JsonReader json, int length, EveEvent row)
    {
        if (json.TokenType == JsonTokenType.StartObject)
            ReadObject(ref json, length, row);
        else if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType == JsonTokenType.StartObject)
                    ReadObject(ref json, length, row);
                else
                    json.Skip();
            }
        }
    }

    /// <summary>Keeps a value. The first of a name counts, except that addresses of answers add up.</summary>
    private static void ReadValue(ref Utf8JsonReader json, EveField field, EveEvent row)
    {
        var isList = field == EveField.DnsAnswers;
        if (row.Has(field) && !isList)
            json.Skip();
        else if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType == JsonTokenType.StartObject && field == EveField.RpcInterfaces)
                    ReadInterface(ref json, row);
                else if (row.Write(ref json) is { } length)
                    row.KeepElement(field, length);
                else
                    json.Skip();
            }
        }
        else if (row.Write(ref json) is not { } written)
            json.Skip();
        else if (isList)
            row.KeepElement(field, written);
        else
            row.Keep(field, written);
    }

    /// <summary>Keeps the UUID of an interface that the server accepted (<c>ack_result</c> 0, C706
    /// §12.6.4.4).</summary>
    private static void ReadInterface(ref Utf8JsonReader json, EveEvent row)
    {
        var (uuid, isAccepted) = (Guid.Empty, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isUuid, isResult) = (json.ValueTextEquals("uuid"u8), json.ValueTextEquals("ack_result"u8));
            json.Read();
            if (isUuid && json.TokenType == JsonTokenType.String)
                json.TryGetGuid(out uuid);
            else if (isResult && json.TokenType == JsonTokenType.Number)
                isAccepted = json.TryGetInt32(out var result) && result == 0;
            else
                json.Skip();
        }

        if (isAccepted && uuid.TryFormat(row.Reserve(UuidLength + 1), out var length))
            row.KeepElement(EveField.RpcInterfaces, length);
    }

    private const int UuidLength = 36;
}
