using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace PortAudit.Audit.Behaviour;

/// <summary>Writes a model file (docs/behaviour.md). The same model gives the same bytes.</summary>
internal static class BehaviourModelWriter
{
    /// <summary>The file, in UTF-8.</summary>
    public static byte[] Write(BehaviourModel model)
    {
        var body = Json(json => WriteBody(json, model));
        return
        [
            .. Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("format", BehaviourModelReader.Format);
                json.WriteNumber("version", BehaviourModelReader.Version);
                json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(body)));
                json.WritePropertyName("body");
                json.WriteRawValue(body);
                json.WriteEndObject();
            }),
            (byte)'\n',
        ];
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        write(json);
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteBody(Utf8JsonWriter json, BehaviourModel model)
    {
        json.WriteStartObject();
        WriteArray(json, "features", BehaviourFeatures.Names, json.WriteStringValue);
        json.WriteStartArray("kinds");
        foreach (var kind in model.Models)
            WriteKind(json, kind);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter json, KindModel kind)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind.Kind.ToText());
        json.WriteNumber("examples", kind.Measured.Examples);
        json.WriteNumber("groups", kind.Measured.Groups);
        json.WriteNumber("precision", kind.Measured.Precision);
        json.WriteNumber("precision_low", kind.Measured.PrecisionLow);
        json.WriteNumber("recall", kind.Measured.Recall);
        json.WriteNumber("threshold", kind.Threshold);
        json.WriteNumber("bias", kind.Bias);
        json.WriteNumber("slope", kind.Slope);
        json.WriteNumber("offset", kind.Offset);
        json.WriteStartArray("trees");
        foreach (var tree in kind.Trees)
            WriteTree(json, tree);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTree(Utf8JsonWriter json, DecisionTree tree)
    {
        json.WriteStartObject();
        json.WriteNumber("weight", tree.Weight);
        WriteArray(json, "features", tree.Features, json.WriteNumberValue);
        WriteArray(json, "thresholds", tree.Thresholds, json.WriteNumberValue);
        WriteArray(json, "left", tree.Left, json.WriteNumberValue);
        WriteArray(json, "right", tree.Right, json.WriteNumberValue);
        WriteArray(json, "leaves", tree.Leaves, json.WriteNumberValue);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            write(value);
        json.WriteEndArray();
    }
}
