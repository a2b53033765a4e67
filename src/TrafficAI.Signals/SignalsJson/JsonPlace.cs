using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TrafficAI.Signals;

/// <summary>A value of a JSON file with the place where it stands, read strictly: what is not expected is refused in one line.</summary>
/// <param name="Where">File and JSON path, such as <c>signals.json: $.intersections[2].id</c>.</param>
/// <exception cref="SignalsException">From every method: the value is not what is asked for.</exception>
public readonly record struct JsonPlace(string Where, JsonElement Value)
{
    private const int LongestQuote = 40;

    /// <param name="what">What is wrong, without a full stop.</param>
    /// <param name="next">What to do about it, without a full stop.</param>
    public SignalsException Error(string what, string next) => new(OneLine($"{Where}: {what}. {next}."));

    /// <summary>The members of an object.</summary>
    /// <param name="known">The names that it may have, each at most once.</param>
    public JsonMembers Members(params string[] known)
    {
        if (Value.ValueKind != JsonValueKind.Object) throw Kind("an object { … }");
        var found = new JsonElement?[known.Length];
        foreach (var member in Value.EnumerateObject())
        {
            var name = NameOf(member);
            var index = Array.IndexOf(known, name);
            if (index < 0) throw Error($"it has the member {Quote(name)}, which nobody reads", $"Use only {string.Join(", ", known)}");
            if (found[index] is not null) throw Error($"it has the member '{known[index]}' twice", "Leave one of them out");
            found[index] = member.Value;
        }

        return new(this, known, found);
    }

    /// <summary>The items of an array.</summary>
    public ImmutableArray<JsonPlace> Items(int least, int most)
    {
        if (Value.ValueKind != JsonValueKind.Array) throw Kind("an array [ … ]");
        var length = Value.GetArrayLength();
        if (length < least || length > most) throw Error($"it has {length} items", $"Give {least} to {most}");
        var items = ImmutableArray.CreateBuilder<JsonPlace>(length);
        foreach (var item in Value.EnumerateArray()) items.Add(new($"{Where}[{items.Count}]", item));
        return items.MoveToImmutable();
    }

    /// <summary>A text without control characters that is not empty.</summary>
    public string Text(int longest)
    {
        if (Value.ValueKind != JsonValueKind.String) throw Kind("a text in quotes");
        if (StringOf(Value) is not { } text) throw Error("it holds half a surrogate pair", "Write the character itself");
        if (text.Length == 0 || text.Length > longest) throw Error($"it has {text.Length} characters", $"Give 1 to {longest}");
        return text.Any(char.IsControl) ? throw Error("it holds a control character", "Leave it out") : text;
    }

    /// <summary>A whole number.</summary>
    public int Whole(int least, int most)
    {
        if (Value.ValueKind != JsonValueKind.Number || !Value.TryGetInt32(out var value)) throw Kind("a whole number");
        return value >= least && value <= most ? value : throw Error($"{value} is out of range", $"Give {least} to {most}");
    }

    /// <summary>A number.</summary>
    public double Number(double least, double most)
    {
        if (Value.ValueKind != JsonValueKind.Number || !Value.TryGetDouble(out var value)) throw Kind("a number");
        return value >= least && value <= most ? value
            : throw Error($"{Quote(Value.GetRawText())} is out of range", string.Create(CultureInfo.InvariantCulture, $"Give {least} to {most}"));
    }

    /// <summary>A word of the file as an error shows it: in quotes, shortened if long.</summary>
    public static string Quote(string word) => word.Length <= LongestQuote ? $"'{word}'" : $"'{word.AsSpan(0, LongestQuote)}…'";

    /// <summary>Without line breaks and other control characters.</summary>
    public static string OneLine(string message)
    {
        var line = new StringBuilder(message.Length);
        foreach (var character in message)
            line.Append(char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        return line.ToString();
    }

    public SignalsException Kind(string expected) => Error($"{Quote(Value.GetRawText())} is not {expected}", $"Give {expected}");

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    /// <returns>Null where it holds half a surrogate pair, which JSON allows and text does not.</returns>
    private static string? StringOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The members of an object of a JSON file.</summary>
public sealed class JsonMembers(JsonPlace place, string[] known, JsonElement?[] found)
{
    /// <summary>The object itself.</summary>
    public JsonPlace Place => place;

    /// <returns>Null where it is missing.</returns>
    public JsonPlace? Optional(string name) =>
        found[Array.IndexOf(known, name)] is { } value ? new JsonPlace($"{place.Where}.{name}", value) : null;

    /// <exception cref="SignalsException">It is missing.</exception>
    public JsonPlace Required(string name) => Optional(name) ?? throw place.Error($"it has no member '{name}'", "Add it");
}
