using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PortAudit.Audit.Behaviour;

/// <summary>Reads a model file (docs/behaviour.md). No bytes make it fail, and no model that it returns can.</summary>
public static class BehaviourModelReader
{
    /// <summary>The file's mark.</summary>
    public const string Format = "portaudit-behaviour";

    /// <summary>Version of the format and of the numbers that trees compare.</summary>
    public const int Version = 1;

    /// <summary>Bytes of a model file: some fifty times one of eight kinds.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    /// <summary>Trees of a kind.</summary>
    public const int MaximumTrees = 1_000;

    /// <summary>Nodes of a tree.</summary>
    public const int MaximumNodes = 1_000;

    /// <summary>Flows of a kind in training; with fewer, nothing was learned.</summary>
    public const int MinimumExamples = 30;

    /// <summary>Captures or sites that the flows of a kind come from; with fewer, one site was learned by
    /// heart.</summary>
    public const int MinimumGroups = 5;

    /// <summary>Nesting of the file: file, body, kinds, kind, trees, tree, list.</summary>
    private const int MaximumDepth = 8;

    private const string Damaged = "it is damaged or incomplete";

    private static readonly string[] Shares = ["precision", "precision_low", "recall", "threshold"];
    private static readonly string[] Curve = ["bias", "slope", "offset"];

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="model">The model; null when it cannot be used.</param>
    /// <param name="error">Why it cannot be used, to follow the file's name and a colon; else null.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out BehaviourModel? model,
        [NotNullWhen(false)] out string? error)
    {
        model = null;
        if (bytes.Length > MaximumBytes)
        {
            error = string.Create(CultureInfo.InvariantCulture, $"it is larger than {MaximumBytes / 1024 / 1024} MiB");
            return false;
        }

        try
        {
            using var file = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            (model, error) = Read(file.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The second is for text that is no Unicode, which is not checked before it is asked for.
            error = Damaged;
        }

        error = model is null ? error ?? Damaged : null;
        return model is not null;
    }

    private static (BehaviourModel? Model, string? Error) Read(JsonElement file)
    {
        if (TextOf(file, "format") != Format)
            return (null, "it is no model of behaviour");
        if (NumberOf(file, "version") is not Version and var version)
            return (null, string.Create(CultureInfo.InvariantCulture,
                $"its format version is {version}, and this program reads version {Version}"));
        if (!TryGet(file, "body", JsonValueKind.Object, out var body))
            return (null, Damaged);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(body.GetRawText()));
        if (TextOf(file, "sha256") != Convert.ToHexStringLower(hash))
            return (null, "it is damaged: its checksum is another");
        if (ListOf(body, "features", value => value.ValueKind == JsonValueKind.String ? value.GetString()! : null)
            is not { } features || !features.SequenceEqual(BehaviourFeatures.Names))
            return (null, "it compares other numbers than this program counts: train it again");
        if (ListOf(body, "kinds", KindOf) is not { } kinds || kinds.IsEmpty)
            return (null, Damaged);
        if (kinds.DistinctBy(kind => kind.Kind).Count() < kinds.Length)
            return (null, "it has a kind twice");
        var unlearned = kinds.FirstOrDefault(kind =>
            kind.Measured.Examples < MinimumExamples || kind.Measured.Groups < MinimumGroups);
        return unlearned is null
            ? (new BehaviourModel(kinds), null)
            : (null, string.Create(CultureInfo.InvariantCulture,
                $"it learned {unlearned.Kind.ToText()} from {unlearned.Measured.Examples} flows in "
                + $"{unlearned.Measured.Groups} groups; {MinimumExamples} in {MinimumGroups} are needed"));
    }

    private static KindModel? KindOf(JsonElement kind)
    {
        if (BehaviourKindText.Find(TextOf(kind, "kind")) is not { } named
            || ListOf(kind, "trees", TreeOf) is not { Length: > 0 and <= MaximumTrees } trees
            || NumberOf(kind, "examples") is not { } examples || NumberOf(kind, "groups") is not { } groups)
            return null;
        double[] shares = [.. Shares.Select(name => DoubleOf(kind, name) ?? double.NaN)];
        double[] curve = [.. Curve.Select(name => DoubleOf(kind, name) ?? double.NaN)];
        if (!shares.All(share => share is >= 0 and <= 1) || !curve.All(double.IsFinite))
            return null;
        return new KindModel(named, new KindQuality(examples, groups, shares[0], shares[1], shares[2]), shares[3],
            curve[0], curve[1], curve[2], trees);
    }

    private static DecisionTree? TreeOf(JsonElement tree)
    {
        if (DoubleOf(tree, "weight") is not { } weight
            || ListOf(tree, "features", Integer) is not { Length: <= MaximumNodes } features
            || ListOf(tree, "thresholds", Single) is not { } thresholds
            || ListOf(tree, "left", Integer) is not { } left || ListOf(tree, "right", Integer) is not { } right
            || ListOf(tree, "leaves", Double) is not { } leaves)
            return null;
        var read = new DecisionTree(weight, features, thresholds, left, right, leaves);
        return read.IsSound(BehaviourFeatures.Names.Length) ? read : null;
    }

    private static int? Integer(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static double? Double(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    private static float? Single(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) ? number : null;

    private static int? NumberOf(JsonElement owner, string name) =>
        TryGet(owner, name, JsonValueKind.Number, out var value) ? Integer(value) : null;

    private static double? DoubleOf(JsonElement owner, string name) =>
        TryGet(owner, name, JsonValueKind.Number, out var value) ? Double(value) : null;

    private static string? TextOf(JsonElement owner, string name) =>
        TryGet(owner, name, JsonValueKind.String, out var value) ? value.GetString() : null;

    private static bool TryGet(JsonElement owner, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out value)
            && value.ValueKind == kind;
    }

    /// <summary>A list of values; null when there is none, or any member is not as it should be.</summary>
    private static ImmutableArray<T>? ListOf<T>(JsonElement owner, string name, Func<JsonElement, T?> read)
        where T : class => Members(owner, name, value => read(value) is { } member ? (true, member) : default);

    private static ImmutableArray<T>? ListOf<T>(JsonElement owner, string name, Func<JsonElement, T?> read)
        where T : struct => Members(owner, name, value => read(value) is { } member ? (true, member) : default);

    private static ImmutableArray<T>? Members<T>(JsonElement owner, string name,
        Func<JsonElement, (bool IsRead, T Member)> read)
    {
        if (!TryGet(owner, name, JsonValueKind.Array, out var list))
            return null;
        var members = ImmutableArray.CreateBuilder<T>(list.GetArrayLength());
        foreach (var value in list.EnumerateArray())
        {
            if (read(value) is not (true, var member))
                return null;
            members.Add(member);
        }

        return members.ToImmutable();
    }
}
