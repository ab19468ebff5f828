using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PortAudit.Tests.Reports;

/// <summary>
/// The part of JSON Schema 2020-12 that the schemas of docs/schema use. A keyword it does not know is an error, so that
/// no schema can say more than is checked.
/// </summary>
internal sealed class JsonSchema
{
    private static readonly HashSet<string> Annotations = ["$schema", "$defs", "title", "description"];

    private readonly JsonElement _root;

    public JsonSchema(string text) => _root = JsonDocument.Parse(text).RootElement;

    /// <summary>What is wrong with a document, one line each; empty when it is valid.</summary>
    public IReadOnlyList<string> Check(string document)
    {
        var errors = new List<string>();
        Check(_root, JsonDocument.Parse(document).RootElement, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        if (schema.ValueKind == JsonValueKind.False)
            errors.Add($"{path}: nothing is allowed here");
        if (schema.ValueKind is JsonValueKind.False or JsonValueKind.True)
            return;
        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Annotations.Contains(keyword.Name)))
            CheckKeyword(schema, keyword, value, path, errors);
    }

    private void CheckKeyword(JsonElement schema, JsonProperty keyword, JsonElement value, string path,
        List<string> errors)
    {
        switch (keyword.Name)
        {
            case "$ref" when keyword.Value.GetString()!.Split('#') is [{ Length: > 0 } file, var place]:
                var other = new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema", file)));
                other.Check(other.Resolve($"#{place}"), value, path, errors);
                break;
            case "$ref":
                Check(Resolve(keyword.Value.GetString()!), value, path, errors);
                break;
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (var property in value.EnumerateObject()
                    .Where(property => keyword.Value.TryGetProperty(property.Name, out _)))
                    Check(keyword.Value.GetProperty(property.Name), property.Value, $"{path}.{property.Name}", errors);
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                    Check(keyword.Value, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), errors);
                break;
            case "additionalProperties" when keyword.Value.ValueKind == JsonValueKind.Object
                && value.ValueKind == JsonValueKind.Object:
                foreach (var property in value.EnumerateObject().Where(property => !IsListed(schema, property.Name)))
                    Check(keyword.Value, property.Value, $"{path}.{property.Name}", errors);
                break;
            case "properties" or "items":
                break;
            default:
                if (!IsMet(schema, keyword, value))
                    errors.Add(
                        $"{path}: {keyword.Name} {keyword.Value.GetRawText()} is not met by {value.GetRawText()}");
                break;
        }
    }

    private bool IsMet(JsonElement schema, JsonProperty keyword, JsonElement value) => keyword.Name switch
    {
        "type" => keyword.Value.ValueKind == JsonValueKind.Array
            ? keyword.Value.EnumerateArray().Any(type => IsOfType(type.GetString()!, value))
            : IsOfType(keyword.Value.GetString()!, value),
        "const" => JsonElement.DeepEquals(keyword.Value, value),
        "enum" => keyword.Value.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)),
        "required" => value.ValueKind != JsonValueKind.Object
            || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object
            || keyword.Value.ValueKind is JsonValueKind.True or JsonValueKind.Object
            || value.EnumerateObject()
                .All(property => schema.GetProperty("properties").TryGetProperty(property.Name, out _)),
        "pattern" =>
            value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= keyword.Value.GetDecimal(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= keyword.Value.GetDecimal(),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= keyword.Value.GetInt32(),
        "anyOf" => keyword.Value.EnumerateArray().Any(one => IsValid(one, value)),
        _ => throw new NotSupportedException($"The keyword {keyword.Name} is not checked here."),
    };

    private static bool IsListed(JsonElement schema, string property) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property, out _);

    private bool IsValid(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "$", errors);
        return errors.Count == 0;
    }

    private JsonElement Resolve(string reference) =>
        _root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The type {type} is not checked here."),
    };
}
