using System.Text;
using System.Text.Json;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Walks JSON and finds the objects that are rules or profiles. The reader's own limit of 64 levels bounds the
/// nesting.</summary>
/// <param name="owner">Takes the objects and knows the lines.</param>
/// <param name="start">Where in the file the reader begins.</param>
internal sealed class JsonRecords(WindowsJson owner, int start)
{
    /// <summary>Takes the value at which the reader stands.</summary>
    public void TakeValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                TakeValue(ref reader);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            TakeObject(ref reader);
        }
    }

    private void TakeObject(ref Utf8JsonReader reader)
    {
        var record = new WindowsRecord(Line(reader));
        var isWhole = false;
        try
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                TakeProperty(ref reader, record, isNested: false);
            isWhole = true;
        }
        finally
        {
            // Of an object that is cut off, what was read still says that there is a rule.
            if (!isWhole)
                record.Problem(record.First, "the rule is cut off");
            record.Last = Line(reader);
            owner.Take(record);
        }
    }

    private void TakeProperty(ref Utf8JsonReader reader, WindowsRecord record, bool isNested)
    {
        var line = Line(reader);
        var name = Text(ref reader);
        if (!reader.Read())
            return;
        var word = WindowsWords.Fold(name);
        if (word.StartsWith("cim", StringComparison.Ordinal) || word.StartsWith("ps", StringComparison.Ordinal))
        {
            reader.Skip();
            return;
        }

        var field = WindowsFields.Of(name);
        if (isNested && field is WindowsField.Name or WindowsField.DisplayName or WindowsField.Description)
            field = null;
        if (field is { } known)
            TakeValues(ref reader, record, known, line);
        else if (reader.TokenType == JsonTokenType.StartObject && word.EndsWith("filter", StringComparison.Ordinal))
            TakeFilter(ref reader, record);
        else if (isNested)
            reader.Skip();
        else
            TakeValue(ref reader);
    }

    /// <summary>An object of a filter, whose properties are those of its rule.</summary>
    private void TakeFilter(ref Utf8JsonReader reader, WindowsRecord record)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            TakeProperty(ref reader, record, isNested: true);
    }

    /// <summary>The values of a property: one, an array of them, or the object with <c>value</c> that Windows
    /// PowerShell 5.1 writes of some arrays and enumerations.</summary>
    private void TakeValues(ref Utf8JsonReader reader, WindowsRecord record, WindowsField field, int line)
    {
        var values = new List<string>();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    TakeValue(ref reader); // "Profiles": [ { … } ] holds objects of profiles
                else
                    Add(ref reader, record, values);
            }

            record.Add(field, values, line);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var isValue = WindowsWords.Fold(Text(ref reader)) == "value";
                if (!reader.Read())
                    return;
                if (isValue)
                    TakeValues(ref reader, record, field, line);
                else
                    reader.Skip();
            }
        }
        else
        {
            Add(ref reader, record, values);
            record.Add(field, values, line);
        }
    }

    private void Add(ref Utf8JsonReader reader, WindowsRecord record, List<string> values)
    {
        var text = Text(ref reader);
        if (text.Length > ConfigurationText.MaxLineLength)
        {
            record.Problem(Line(reader), $"longer than {ConfigurationText.MaxLineLength} characters");
            text = text[..ConfigurationText.MaxLineLength];
        }

        if (values.Count <= WindowsRecord.MaxValues)
            values.Add(text);
    }

    private int Line(in Utf8JsonReader reader) => owner.LineAt(start + reader.TokenStartIndex);

    private static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            return reader.TokenType == JsonTokenType.Null ? "" : Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // An escape of half a surrogate pair is valid JSON, but no text.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
