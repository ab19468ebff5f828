using System.Text.Json;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>Zeek's JSON form: an object a line, its fields with dots in their names, or nested.</summary>
internal sealed class ZeekJson
{
    /// <summary>Fields remembered by position: objects of one stream name them in one order.</summary>
    private const int Remembered = 128;

    private readonly byte[][] _names = [.. Enumerable.Repeat(Array.Empty<byte>(), Remembered)];
    private readonly ZeekField?[] _fields = new ZeekField?[Remembered];

    /// <summary>Reads a row. False when the line is no JSON object.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, ZeekRow row)
    {
        row.Clear();
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            for (var property = 0; json.Read() && json.TokenType == JsonTokenType.PropertyName; property++)
            {
                var name = json.ValueSpan;
                var field = FieldOf(property, name);
                json.Read();
                if (json.TokenType == JsonTokenType.StartObject && name.SequenceEqual("id"u8))
                    ReadEnds(ref json, row);
                else if (field is { } wanted && !row.Has(wanted))
                    Keep(ref json, wanted, row);
                else
                    json.Skip();
            }

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

    private ZeekField? FieldOf(int property, ReadOnlySpan<byte> name)
    {
        if (property >= Remembered)
            return ZeekFields.Find(name);
        if (!name.SequenceEqual(_names[property]))
            (_names[property], _fields[property]) = (name.ToArray(), ZeekFields.Find(name));
        return _fields[property];
    }

    /// <summary>The two ends, where <c>id</c> is an object.</summary>
    private static void ReadEnds(ref Utf8JsonReader json, ZeekRow row)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ZeekField? field = json.ValueSpan switch
            {
                var name when name.SequenceEqual("orig_h"u8) => ZeekField.OriginatorAddress,
                var name when name.SequenceEqual("orig_p"u8) => ZeekField.OriginatorPort,
                var name when name.SequenceEqual("resp_h"u8) => ZeekField.ResponderAddress,
                var name when name.SequenceEqual("resp_p"u8) => ZeekField.ResponderPort,
                _ => null,
            };
            json.Read();
            if (field is { } end && !row.Has(end))
                Keep(ref json, end, row);
            else
                json.Skip();
        }
    }

    private static void Keep(ref Utf8JsonReader json, ZeekField field, ZeekRow row)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.StartArray:
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    if (row.Write(ref json) is { } length)
                        row.KeepElement(field, length);
                    else
                        json.Skip();
                }

                return;
            case JsonTokenType.StartObject:
                json.Skip();
                return;
            default:
                if (row.Write(ref json) is { } written)
                    row.Keep(field, written);
                return;
        }
    }
}
