using System.Globalization;
using System.Text.Json.Nodes;
using PortAudit.Audit.Yaml;

namespace PortAudit.Tests.Catalog;

/// <summary>A YAML file as an editor's schema check sees it: scalars by the core schema (YAML 1.2.2 §10.3.2), so that
/// <c>on</c> is text.</summary>
internal static class YamlJson
{
    public static string Of(string path)
    {
        var diagnostics = new FileDiagnostics(path);
        var yaml = YamlFile.Read(path, diagnostics);
        Assert.False(diagnostics.HasErrors, path);
        return Of(yaml!.Root)!.ToJsonString();
    }

    public static JsonNode? Of(YamlValue value) => value switch
    {
        YamlMap map =>
            new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Of(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Of)]),
        YamlText text => Scalar(text),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static JsonValue? Scalar(YamlText text)
    {
        if (text.IsNull)
            return null;
        if (text.IsPlain && text.Text is "true" or "false")
            return JsonValue.Create(text.Text == "true");
        return text.IsPlain
            && long.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text.Text);
    }
}
